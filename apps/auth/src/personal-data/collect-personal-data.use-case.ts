import { Injectable } from '@nestjs/common';
import type { PersonalData } from '#libs/contracts';
import { personalDataExported, type ErasingService } from '#libs/contracts/auth';
import { readCoursesPersonalData } from '#libs/contracts/courses';
import { readInsightsPersonalData } from '#libs/contracts/insights';
import { readMediaPersonalData } from '#libs/contracts/media';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { readPersonalRecords, ServiceClient } from '#libs/service';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant, runAsService } from '#libs/tenancy';
import { UserNotFound } from '../user/user.errors.js';
import { UserRepository } from '../user/user.repository.js';
import { archiveOf } from './personal-data.archive.js';
import { personalRecords } from './personal-records.js';

/** What every service holds about a person. */
export type PersonalParts = Readonly<Record<ErasingService, PersonalData>>;

/** Collects all that is held about a person, from every service, into one archive. */
@Injectable()
export class CollectPersonalData {
  constructor(
    private readonly users: UserRepository,
    private readonly database: TenantDatabase,
    private readonly services: ServiceClient,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** @throws UserNotFound, and `service.unavailable` where a part cannot be had: an archive is whole, or there is none */
  async execute(userId: string): Promise<{ readonly fileName: string; readonly archive: Buffer }> {
    const user = await this.users.byId(userId);
    if (user === null) throw new UserNotFound();
    const at = this.clock.now();
    const { name: academy, slug } = currentTenant();
    const archive = archiveOf({ person: user, academy, at }, await this.parts(userId));
    await this.events.append(personalDataExported, userId, { userId, bytes: archive.length });
    return { fileName: `${slug}-personal-data-${at.toISOString().slice(0, 10)}.zip`, archive };
  }

  private async parts(userId: string): Promise<PersonalParts> {
    const request = { params: { userId } };
    const [auth, [courses, media, insights]] = await Promise.all([
      this.own(userId),
      runAsService(currentTenant(), 'auth', async () =>
        Promise.all([
          this.services.call(readCoursesPersonalData, request),
          this.services.call(readMediaPersonalData, request),
          this.services.call(readInsightsPersonalData, request),
        ]),
      ),
    ]);
    return { auth, courses, media, insights };
  }

  private async own(userId: string): Promise<PersonalData> {
    return this.database.run(async () =>
      readPersonalRecords(personalRecords, async (sql, values) => this.database.query(sql, values), userId),
    );
  }
}
