import { Injectable } from '@nestjs/common';
import { userDeactivated } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { RemoveAccess, type RemovedAccess } from './remove-access.use-case.js';
import { LastOwner, OwnAccount } from './user.errors.js';
import { personOf, requireOwnerFor, type User } from './user.js';
import { UserRepository } from './user.repository.js';

/** Takes somebody's access away and frees the seat. Doing it again does no harm. */
@Injectable()
export class DeactivateUser {
  constructor(
    private readonly users: UserRepository,
    private readonly invitations: InvitationRepository,
    private readonly access: RemoveAccess,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UserNotFound, OwnerOnly, OwnAccount, LastOwner */
  async execute(id: string): Promise<User> {
    const { user, removed } = await this.unitOfWork.run(async () => this.deactivate(id));
    await this.access.announce(removed);
    return user;
  }

  private async deactivate(id: string): Promise<{ user: User; removed: RemovedAccess }> {
    const actor = currentActor();
    const owners = await this.users.lockOwners(id);
    const before = await this.users.lock(id);
    requireOwnerFor(actor, before.role);
    if (actor.kind === 'user' && actor.id === id) throw new OwnAccount();
    if (before.status === 'deactivated') return { user: before, removed: { sessionIds: [], apiKeys: [] } };
    if (owners.length === 1 && owners[0] === id) throw new LastOwner();
    await this.invitations.removeOf(id);
    const user = await this.users.save({ ...before, status: 'deactivated', updatedAt: this.clock.now() });
    await this.entitlements.take('users', -1);
    await this.events.append(userDeactivated, id, personOf(user));
    return { user, removed: await this.access.execute(id, 'deactivated') };
  }
}
