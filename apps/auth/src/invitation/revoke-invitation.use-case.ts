import { Injectable } from '@nestjs/common';
import { invitationRevoked, userDeactivated } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { personOf, requireOwnerFor } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { InvitationNotFound } from './invitation.errors.js';
import { InvitationRepository } from './invitation.repository.js';

/** Takes an invitation back: the link is dead, the person has no access, the seat is free. */
@Injectable()
export class RevokeInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly users: UserRepository,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws InvitationNotFound, OwnerOnly */
  async execute(id: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const invitation = await this.invitations.byId(id);
      if (invitation === null) throw new InvitationNotFound();
      const user = await this.users.lock(invitation.userId);
      // Accepted or replaced while we waited for the lock.
      if (user.status !== 'invited' || (await this.invitations.byId(id)) === null) {
        throw new InvitationNotFound();
      }
      requireOwnerFor(currentActor(), user.role);
      await this.invitations.removeOf(user.id);
      const gone = await this.users.save({ ...user, status: 'deactivated', updatedAt: this.clock.now() });
      await this.entitlements.take('users', -1);
      await this.events.appendAll([
        occurrence(invitationRevoked, id, { invitationId: id, userId: user.id }),
        occurrence(userDeactivated, user.id, personOf(gone)),
      ]);
    });
  }
}
