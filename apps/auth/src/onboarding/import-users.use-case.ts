import { Injectable } from '@nestjs/common';
import { userCreated, userUpdated, type UserImportResult, type UserImportRow } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { SendInvitation } from '../invitation/send-invitation.use-case.js';
import { PlaceInTeam } from '../team/place-in-team.use-case.js';
import { TenantProfiles } from '../tenant/tenant-profile.js';
import { personOf } from '../user/user.js';
import { DuplicateRows } from './onboarding.errors.js';
import { UserImportRepository } from './user-import.repository.js';

/**
 * Brings the people of an onboarding bundle in: invited, without a password, each with a seat. Only new owners are written to: they are the
 * first who can sign in, and they invite the rest when the academy is ready for them.
 */
@Injectable()
export class ImportUsers {
  constructor(
    private readonly imports: UserImportRepository,
    private readonly inviting: SendInvitation,
    private readonly placing: PlaceInTeam,
    private readonly profiles: TenantProfiles,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** All rows or none. @throws DuplicateRows, DomainError `limit.users_exceeded` */
  async execute(rows: readonly UserImportRow[]): Promise<UserImportResult> {
    const repeated = rows
      .map(({ email }) => email)
      .filter((email, index, all) => all.indexOf(email) !== index);
    if (repeated.length > 0) throw new DuplicateRows([...new Set(repeated)]);
    return this.unitOfWork.run(async () => {
      await this.placing.byNames(rows.flatMap(({ team }) => (team === null ? [] : [team])));
      const { created, updated, unknownManagers } = await this.imports.upsert(rows, this.clock.now());
      if (created.length > 0) await this.entitlements.take('users', created.length);
      const events = [
        ...created.map((user) => occurrence(userCreated, user.id, personOf(user))),
        ...updated.map((user) => occurrence(userUpdated, user.id, personOf(user))),
      ];
      if (events.length > 0) await this.events.appendAll(events);
      for (const owner of created.filter(({ role }) => role === 'owner')) {
        await this.inviting.execute(owner, this.profiles.homeOrigin());
      }
      const unchanged = rows.length - created.length - updated.length;
      return {
        ...{ created: created.length, updated: updated.length, unchanged },
        unknownManagers: [...unknownManagers],
      };
    });
  }
}
