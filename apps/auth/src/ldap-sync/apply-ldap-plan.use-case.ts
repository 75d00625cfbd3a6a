import { Injectable } from '@nestjs/common';
import { identityLinked, type LdapSyncChange } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock, DomainError } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import type { LdapConnection } from '../connection/connection.js';
import { ProvisionUser } from '../scim/provision-user.use-case.js';
import { PlaceInTeam } from '../team/place-in-team.use-case.js';
import { NO_TEAM } from '../team/team.js';
import { DeactivateUser } from '../user/deactivate-user.use-case.js';
import { UpdateUser } from '../user/update-user.use-case.js';
import type { Plan, PlannedCreation, PlannedEnd, PlannedUpdate } from './ldap-plan.js';
import { LdapPeopleRepository } from './ldap-people.repository.js';
import { LeaseLost } from './ldap-sync.errors.js';
import { issuerOf } from './plan-ldap-sync.use-case.js';

/** How a run tells that it is at work and what it has done. Within a transaction it counts with it, or not at all. */
export interface Progress {
  readonly done: (
    what: 'created' | 'updated' | 'reactivated' | 'deactivated',
    people: number,
  ) => Promise<void>;
  readonly failed: (told: LdapSyncChange) => void;
  readonly beat: () => Promise<void>;
}

const MANY = 100;
const BEAT_EVERY = 20;

/** Does what a plan says, by the same use cases as SCIM. Each step is looked at anew where it is done, and may be done twice. */
@Injectable()
export class ApplyLdapPlan {
  constructor(
    private readonly provisioning: ProvisionUser,
    private readonly updating: UpdateUser,
    private readonly deactivating: DeactivateUser,
    private readonly placing: PlaceInTeam,
    private readonly people: LdapPeopleRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws LeaseLost */
  async execute(connection: LdapConnection, plan: Plan, progress: Progress): Promise<void> {
    const { creations, updates, ends } = plan;
    for (let at = 0; at < creations.length; at += MANY) {
      await this.createMany(connection, creations.slice(at, at + MANY), progress);
    }
    for (const [place, update] of updates.entries()) {
      if (place % BEAT_EVERY === 0) await progress.beat();
      await this.attempt(update.told, progress, async () => this.update(connection, update));
    }
    for (const [place, end] of ends.entries()) {
      if (place % BEAT_EVERY === 0) await progress.beat();
      await this.attempt(end.told, progress, async () => this.end(connection, end));
    }
    await progress.beat();
  }

  /** All in one transaction, with the count; where that does not do, one by one, so that one does not keep the others out. */
  private async createMany(
    connection: LdapConnection,
    creations: readonly PlannedCreation[],
    progress: Progress,
  ): Promise<void> {
    try {
      const left = await this.bringIn(connection, creations, progress);
      for (const { told } of left) progress.failed(failure(told, 'user.already_exists'));
    } catch (error) {
      if (!isOfOne(error)) throw error;
      const [only] = creations;
      if (creations.length === 1 && only !== undefined) progress.failed(failure(only.told, error.code));
      else for (const one of creations) await this.createMany(connection, [one], progress);
    }
  }

  /** Answers who was not brought in, since somebody has the address or the name by now. */
  private async bringIn(
    connection: LdapConnection,
    creations: readonly PlannedCreation[],
    progress: Progress,
  ): Promise<readonly PlannedCreation[]> {
    const now = this.clock.now();
    const teams = new Set(creations.flatMap(({ person }) => person.team ?? []));
    return this.unitOfWork.run(async () => {
      const places = await this.placing.byNames([...teams]);
      const made = await this.provisioning.addAll(
        creations.map(({ person: { email, name, department, role, team } }) => ({
          ...{ userName: email, email, displayName: name ?? email.slice(0, email.indexOf('@')) },
          ...{ department, active: true, role, place: places.get(team ?? '') ?? NO_TEAM },
        })),
      );
      const linked = creations.flatMap(({ subject }, place) => {
        const userId = made[place]?.user.id;
        return userId === undefined ? [] : [{ subject, userId }];
      });
      const free = await this.people.link(connection.id, issuerOf(connection), linked, now);
      if (free.length < linked.length) throw new SignedInMeanwhile();
      await this.events.appendAll(
        linked.map(({ userId }) =>
          occurrence(identityLinked, userId, { connectionId: connection.id, userId, how: 'created' }),
        ),
      );
      await progress.done('created', linked.length);
      return creations.filter((_, place) => (made[place] ?? null) === null);
    });
  }

  private async update(
    connection: LdapConnection,
    update: PlannedUpdate,
  ): Promise<'updated' | 'reactivated'> {
    const { userId, subject, patch, links, reactivates } = update;
    const { role, team, ...change } = patch;
    const now = this.clock.now();
    if (links) await this.link(connection, subject, userId, now);
    if (reactivates || Object.keys(change).length > 0) {
      await this.provisioning.update(userId, reactivates ? { ...change, active: true } : change, undefined);
    }
    if (reactivates) await this.people.setGone(connection.id, issuerOf(connection), [subject], null);
    const rest = { ...(role === undefined ? {} : { role }), ...(team === undefined ? {} : { team }) };
    if (Object.keys(rest).length > 0) await this.updating.execute(userId, rest, null);
    return reactivates ? 'reactivated' : 'updated';
  }

  private async link(connection: LdapConnection, subject: string, userId: string, now: Date): Promise<void> {
    await this.unitOfWork.run(async () => {
      const linked = [{ subject, userId }];
      const free = await this.people.link(connection.id, issuerOf(connection), linked, now);
      if (free.length === 0) throw new SignedInMeanwhile();
      const told = { connectionId: connection.id, userId, how: 'email' } as const;
      await this.events.append(identityLinked, userId, told);
    });
  }

  /** Marked before it is done: whoever comes back to the directory comes back here. */
  private async end(connection: LdapConnection, { userId, subject }: PlannedEnd): Promise<'deactivated'> {
    await this.people.setGone(connection.id, issuerOf(connection), [subject], this.clock.now());
    await this.deactivating.execute(userId);
    return 'deactivated';
  }

  private async attempt(
    told: LdapSyncChange,
    progress: Progress,
    work: () => Promise<'updated' | 'reactivated' | 'deactivated'>,
  ): Promise<void> {
    try {
      await progress.done(await work(), 1);
    } catch (error) {
      if (!isOfOne(error)) throw error;
      progress.failed(failure(told, error.code));
    }
  }
}

class SignedInMeanwhile extends DomainError {
  constructor() {
    super(
      'conflict',
      'ldap_sync.signed_in_meanwhile',
      'This person came in at the same moment. The next run knows it.',
    );
  }
}

/** Whether something is wrong with one person, and not with all that is asked. */
function isOfOne(error: unknown): error is DomainError {
  return error instanceof DomainError && error.kind !== 'unavailable' && !(error instanceof LeaseLost);
}

function failure({ email, name, fields }: LdapSyncChange, reason: string): LdapSyncChange {
  return { change: 'fail', email, name, reason, fields };
}
