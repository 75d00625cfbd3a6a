import { Injectable } from '@nestjs/common';
import { userUpdated, type UserPatch } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { PlaceInTeam } from '../team/place-in-team.use-case.js';
import { RemoveAccess, type RemovedAccess } from './remove-access.use-case.js';
import { LastOwner, ManagerCircle, ManagerSelf, UserChanged } from './user.errors.js';
import { losesPermissions, personOf, requireGrantable, requireOwnerFor, type User } from './user.js';
import { UserRepository } from './user.repository.js';

const NOTHING: RemovedAccess = { sessionIds: [], apiKeys: [] };

/** Changes a person. Who may do less than before is signed out, and loses the API keys made with the old rights. */
@Injectable()
export class UpdateUser {
  constructor(
    private readonly users: UserRepository,
    private readonly access: RemoveAccess,
    private readonly placing: PlaceInTeam,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UserNotFound, UserChanged, OwnerOnly, RoleNotGrantable, LastOwner, ManagerNotFound, ManagerSelf, TeamUnknown */
  async execute(id: string, patch: UserPatch, seenVersion: string | null): Promise<User> {
    const { user, removed } = await this.unitOfWork.run(async () => this.change(id, patch, seenVersion));
    await this.access.announce(removed);
    return user;
  }

  private async change(id: string, patch: UserPatch, seenVersion: string | null) {
    const owners = await this.users.lockOwners(id);
    const before = await this.users.lock(id);
    if (seenVersion !== null && String(before.version) !== seenVersion) throw new UserChanged();
    requireOwnerFor(currentActor(), before.role);
    const { team, teamId, ...rest } = patch;
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    const place = await this.placeOf(team, teamId);
    const after: User = { ...before, ...Object.fromEntries(given), ...place, updatedAt: this.clock.now() };
    if (after.managerId === id) throw new ManagerSelf();
    const { managerId } = after;
    if (managerId !== null && managerId !== before.managerId) await this.requireNoCircle(after);
    if (after.role !== before.role) this.requireRoleChange(before, after, owners);
    const user = await this.users.save(after);
    await this.events.append(userUpdated, id, personOf(user));
    const lost = losesPermissions(before.role, user.role);
    return { user, removed: lost ? await this.access.execute(id, 'role_changed') : NOTHING };
  }

  private async placeOf(team: string | null | undefined, teamId: string | null | undefined) {
    if (teamId !== undefined) return this.placing.byId(teamId);
    return team === undefined ? {} : this.placing.byName(team);
  }

  private async requireNoCircle({ id, managerId }: User): Promise<void> {
    if (managerId === null) return;
    const above = await this.users.managersAbove(managerId);
    if (above.includes(id)) throw new ManagerCircle();
  }

  private requireRoleChange(before: User, after: User, owners: readonly string[]): void {
    requireGrantable(currentActor(), after.role);
    if (owners.length === 1 && owners[0] === before.id) throw new LastOwner();
  }
}
