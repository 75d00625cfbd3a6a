import { Injectable } from '@nestjs/common';
import { personalDataExported } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import { UserNotFound } from '../user/user.errors.js';
import { UserRepository } from '../user/user.repository.js';
import { archiveOf } from './personal-data.archive.js';
import { PersonalPartsSource } from './personal-parts.js';

/** Collects all that is held about a person, from every service, into one archive. */
@Injectable()
export class CollectPersonalData {
  constructor(
    private readonly users: UserRepository,
    private readonly parts: PersonalPartsSource,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** @throws UserNotFound, DomainError `service.unavailable` */
  async execute(userId: string): Promise<{ readonly fileName: string; readonly archive: Buffer }> {
    const user = await this.users.byId(userId);
    if (user === null) throw new UserNotFound();
    const at = this.clock.now();
    const { name: academy, slug } = currentTenant();
    const archive = archiveOf({ person: user, academy, at }, await this.parts.of(userId));
    await this.events.append(personalDataExported, userId, { userId, bytes: archive.length });
    return { fileName: `${slug}-personal-data-${at.toISOString().slice(0, 10)}.zip`, archive };
  }
}
