import { Injectable } from '@nestjs/common';
import { ERASED_NAME, erasedEmail } from '#libs/contracts';
import { teamUpdated, userErased, userUpdated } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { MailRepository } from '../mail/mail.repository.js';
import { Mailer } from '../mail/mailer.js';
import { TeamRepository } from '../team/team.repository.js';
import { OwnAccount } from '../user/user.errors.js';
import { personOf, requireOwnerFor, type User } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { NotDeactivated, OwnerNotErased } from './erasure.errors.js';
import type { Erasure } from './erasure.js';
import { ErasureRepository } from './erasure.repository.js';

/**
 * Forgets a person. In one transaction he becomes nobody in auth and in all events of the past, and the event says so:
 * from then on nothing that is built from the log can know him, and the other services let go of what they have.
 */
@Injectable()
export class EraseUser {
  constructor(
    private readonly users: UserRepository,
    private readonly teams: TeamRepository,
    private readonly erasures: ErasureRepository,
    private readonly mails: MailRepository,
    private readonly mailer: Mailer,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UserNotFound, OwnerOnly, OwnAccount, OwnerNotErased, NotDeactivated */
  async execute(userId: string): Promise<Erasure> {
    return this.unitOfWork.run(async () => {
      const user = await this.users.lock(userId);
      requireErasable(user);
      await this.letGoOfOthers(user);
      const rows = (await this.mails.forget(user.email)) + (await this.mailer.forget(user.email));
      return this.erase(user, rows);
    });
  }

  private async erase(user: User, rows: number): Promise<Erasure> {
    const { kind: requestedKind, id: requestedBy } = currentActor();
    const requestedAt = this.clock.now();
    const asked = { id: newId(), userId: user.id, requestedKind, requestedBy, requestedAt };
    await this.erasures.add({ ...asked, completedAt: null, parts: [] });
    const touched = rows + (await this.erasures.empty(user.id)) + (await this.erasures.redactLog(user.id));
    const part = { service: 'auth', rows: touched, doneAt: requestedAt } as const;
    const erasure = await this.erasures.acknowledge(asked.id, part);
    await this.events.append(userErased, user.id, { ...personOf(nobody(user)), erasureId: erasure.id });
    return erasure;
  }

  /** Whom he managed and the teams that he led hear that he is gone, as of any other change. */
  private async letGoOfOthers({ id }: User): Promise<void> {
    const updatedAt = this.clock.now();
    for (const reportId of await this.erasures.reportsOf(id)) {
      const report = await this.users.lock(reportId);
      const saved = await this.users.save({ ...report, managerId: null, updatedAt });
      await this.events.append(userUpdated, reportId, personOf(saved));
    }
    for (const teamId of await this.erasures.leaveLeads(id)) {
      const { name } = await this.teams.lock(teamId);
      const leadIds = [...(await this.teams.leadsOf(teamId))];
      await this.events.append(teamUpdated, teamId, { teamId, name, before: name, leadIds });
    }
  }
}

function requireErasable({ id, role, status }: User): void {
  const actor = currentActor();
  requireOwnerFor(actor, role);
  if (actor.kind === 'user' && actor.id === id) throw new OwnAccount();
  if (role === 'owner') throw new OwnerNotErased();
  if (status !== 'deactivated') throw new NotDeactivated();
}

/** What is left of him: an id, and the role that he had. */
function nobody(user: User): User {
  const nothing = { locale: null, timeZone: null, department: null, team: null, teamId: null };
  return { ...user, ...nothing, managerId: null, name: ERASED_NAME, email: erasedEmail(user.id) };
}
