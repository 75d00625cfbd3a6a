import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/contracts';
import { userCreated, userReactivated, userUpdated } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog, occurrence } from '#libs/events';
import { Clock, DomainError, newId } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import type { TeamPlace } from '../team/team.js';
import { DeactivateUser } from '../user/deactivate-user.use-case.js';
import { ManagerNotFound, UserNotFound } from '../user/user.errors.js';
import { createUser, personOf, requireOwnerFor, type User } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { ScimChanged, ScimInvalid, ScimNotFound, ScimUniqueness } from './scim.errors.js';
import { ScimRepository } from './scim.repository.js';
import {
  isEmail,
  nameOf,
  requireEmail,
  versionOf,
  type ScimChange,
  type ScimProfile,
  type ScimUser,
} from './scim-user.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Somebody who is to come in, with a role and a team where rules of the academy give them: SCIM itself gives neither. */
export interface Newcomer extends ScimChange {
  readonly role?: Role;
  readonly place?: TeamPlace;
}

/** What an identity provider does with people. The same once more changes nothing and tells nobody. */
@Injectable()
export class ProvisionUser {
  constructor(
    private readonly scim: ScimRepository,
    private readonly users: UserRepository,
    private readonly deactivating: DeactivateUser,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** No mail is sent: the person signs in at the identity provider. @throws ScimUniqueness, ScimInvalid */
  async create(change: ScimChange): Promise<ScimUser> {
    const { userName } = change;
    if (userName === undefined) throw new ScimInvalid('userName is missing.');
    const email = change.email ?? requireEmail(userName);
    const removed = await this.unitOfWork.run(async () => {
      const known = (await this.scim.byUserName(userName)) ?? (await this.users.byEmail(email))?.id ?? null;
      if (known === null) return { created: await this.add({ ...change, userName, email }) };
      const profile = await this.scim.profileOf(known);
      // Whoever was removed by SCIM comes back as who he was, with all that he learned.
      if (!isRemoved(profile)) {
        throw new ScimUniqueness('Somebody with this userName or e-mail address is here already.');
      }
      return { known };
    });
    if ('created' in removed) return removed.created;
    return this.update(removed.known, { ...change, active: change.active ?? true }, undefined, true);
  }

  /**
   * Brings in those who are plainly new, in one transaction; null stands for everybody else, who is to be looked at by himself.
   * Whatever is wrong with one of them, or with all, leaves all of them to that.
   */
  async createMany(changes: readonly ScimChange[]): Promise<readonly (ScimUser | null)[]> {
    try {
      return await this.addAll(changes);
    } catch (error) {
      if (error instanceof DomainError) return changes.map(() => null);
      throw error;
    }
  }

  /** As `createMany`, but for what is wrong with all, which is thrown. Within the transaction around it, where there is one. */
  async addAll(newcomers: readonly Newcomer[]): Promise<readonly (ScimUser | null)[]> {
    const now = this.clock.now();
    const asked = newcomers.map((one) => newcomer(one, now));
    return this.unitOfWork.run(async () => this.addMany(asked));
  }

  private async addMany(asked: readonly (ScimUser | null)[]): Promise<readonly (ScimUser | null)[]> {
    const all = asked.filter((one) => one !== null);
    const names = all.map(({ user, profile }) => profile?.userName ?? user.email);
    const taken = new Set(
      await this.scim.taken(
        names,
        all.map(({ user }) => user.email),
      ),
    );
    const fresh = asked.map((one) => {
      if (one === null) return null;
      const keys = new Set([one.user.email, (one.profile?.userName ?? '').toLowerCase()]);
      if ([...keys].some((key) => taken.has(key))) return null;
      for (const key of keys) taken.add(key);
      return one;
    });
    const people = fresh.filter((one) => one !== null);
    if (people.length === 0) return fresh;
    const added = new Set(await this.scim.addMany(people));
    const seats = people.filter(({ user }) => added.has(user.id) && user.status === 'active').length;
    if (seats > 0) await this.entitlements.take('users', seats);
    const told = people.filter(({ user }) => added.has(user.id));
    await this.events.appendAll(told.map(({ user }) => occurrence(userCreated, user.id, personOf(user))));
    return fresh.map((one) => (one !== null && added.has(one.user.id) ? one : null));
  }

  /** @throws ScimNotFound */
  async show(id: string): Promise<ScimUser> {
    const user = UUID.test(id) ? await this.users.byId(id) : null;
    const profile = user === null ? null : await this.scim.profileOf(id);
    if (user === null || isRemoved(profile)) throw new ScimNotFound('user');
    return { user, profile };
  }

  /** @throws ScimNotFound, ScimChanged, ScimUniqueness, ScimInvalid, OwnerOnly */
  async update(
    id: string,
    change: ScimChange,
    ifMatch: string | undefined,
    revive = false,
  ): Promise<ScimUser> {
    if (!UUID.test(id)) throw new ScimNotFound('user');
    const { saved, ends } = await this.unitOfWork.run(async () => this.change(id, change, ifMatch, revive));
    if (!ends) return saved;
    // Ends sessions and keys, and tells everybody at once.
    return { ...saved, user: await this.deactivating.execute(id) };
  }

  /** @throws ScimNotFound, OwnerOnly */
  async remove(id: string): Promise<void> {
    const { user, profile } = await this.show(id);
    await this.deactivating.execute(user.id);
    const kept = profile ?? emptyProfile(user.email);
    await this.unitOfWork.run(async () => {
      await this.scim.saveProfile(user.id, { ...kept, deletedAt: this.clock.now() });
    });
  }

  private async add(
    change: ScimChange & { readonly userName: string; readonly email: string },
  ): Promise<ScimUser> {
    const { userName, email, locale = null, department = null, active = true } = change;
    const name = nameOf(change, null) ?? userName;
    const rest = { locale, department, managerId: await this.managerOf(change) };
    const status = active ? 'active' : 'deactivated';
    const user = createUser(newId(), { email, name, role: 'learner', ...rest }, status, this.clock.now());
    if (!(await this.users.add(user))) throw new ScimUniqueness('Somebody has this e-mail address already.');
    const profile = profileAfter(change, emptyProfile(userName));
    await this.scim.saveProfile(user.id, profile);
    // Last, because whoever counts seats or writes events has to wait for the end of this.
    if (active) await this.entitlements.take('users', 1);
    await this.events.append(userCreated, user.id, personOf(user));
    return { user, profile };
  }

  private async change(id: string, change: ScimChange, ifMatch: string | undefined, revive: boolean) {
    const before = await this.users.lock(id).catch(orScimNotFound);
    const known = await this.scim.profileOf(id);
    if (isRemoved(known) && !revive) throw new ScimNotFound('user');
    if (ifMatch !== undefined && ifMatch !== versionOf({ user: before, profile: known })) {
      throw new ScimChanged();
    }
    const after: User = {
      ...before,
      name: nameOf(change, before.name) ?? before.name,
      email: change.email ?? before.email,
      locale: change.locale === undefined ? before.locale : change.locale,
      department: change.department === undefined ? before.department : change.department,
      managerId: change.managerId === undefined ? before.managerId : await this.managerOf(change),
      status: change.active === true && before.status === 'deactivated' ? 'active' : before.status,
    };
    const ends = change.active === false && before.status !== 'deactivated';
    const isSame = same(before, after);
    if (!isSame || ends) requireOwnerFor(currentActor(), before.role);
    const profile = await this.saveProfile(before, change, known);
    const user = isSame ? before : await this.save(before, after);
    return { saved: { user, profile }, ends };
  }

  private async save(before: User, after: User): Promise<User> {
    if (after.email !== before.email) await this.scim.changeEmail(after.id, after.email);
    const user = await this.users.save({ ...after, updatedAt: this.clock.now() });
    if (user.status !== before.status) {
      await this.entitlements.take('users', 1);
      await this.events.append(userReactivated, user.id, personOf(user));
    } else await this.events.append(userUpdated, user.id, personOf(user));
    return user;
  }

  /** From the first change on, the person is one that the identity provider looks after. */
  private async saveProfile(user: User, change: ScimChange, known: ScimProfile | null): Promise<ScimProfile> {
    const before = known ?? emptyProfile(user.email);
    const after = profileAfter(change, before);
    if (known !== null && JSON.stringify(known) === JSON.stringify(after)) return known;
    await this.scim.saveProfile(user.id, after);
    return { ...after, version: known === null ? 1 : known.version + 1 };
  }

  private async managerOf({ managerId }: ScimChange): Promise<string | null> {
    if (managerId === undefined || managerId === null) return null;
    const manager = UUID.test(managerId) ? await this.users.byId(managerId) : null;
    if (manager === null) throw new ManagerNotFound();
    return manager.id;
  }
}

function isRemoved(profile: ScimProfile | null): boolean {
  return profile !== null && profile.deletedAt !== null;
}

/** Null for who has to be looked at closer: no name, no address, or a manager who has to be found. */
function newcomer(change: Newcomer, now: Date): ScimUser | null {
  const { userName, locale = null, department = null, active = true, role = 'learner', place } = change;
  const email = change.email ?? userName?.toLowerCase();
  const hasManager = change.managerId !== undefined && change.managerId !== null;
  if (userName === undefined || email === undefined || !isEmail(email) || hasManager) return null;
  const profile = {
    email,
    name: nameOf(change, null) ?? userName,
    ...{ role, locale, department, ...place },
  };
  const user = createUser(newId(), profile, active ? 'active' : 'deactivated', now);
  return { user, profile: profileAfter(change, emptyProfile(userName)) };
}

function emptyProfile(userName: string): ScimProfile {
  const nothing = { externalId: null, givenName: null, familyName: null, title: null, deletedAt: null };
  return { ...nothing, userName, version: 1 };
}

function profileAfter(change: ScimChange, before: ScimProfile): ScimProfile {
  const { userName, externalId, givenName, familyName, title, version } = before;
  return {
    userName: change.userName ?? userName,
    externalId: change.externalId === undefined ? externalId : change.externalId,
    givenName: change.givenName === undefined ? givenName : change.givenName,
    familyName: change.familyName === undefined ? familyName : change.familyName,
    title: change.title === undefined ? title : change.title,
    version,
    deletedAt: null,
  };
}

function same(one: User, other: User): boolean {
  const fields = ['name', 'email', 'locale', 'department', 'managerId', 'status'] as const;
  return fields.every((field) => one[field] === other[field]);
}

function orScimNotFound(error: unknown): never {
  throw error instanceof UserNotFound ? new ScimNotFound('user') : error;
}
