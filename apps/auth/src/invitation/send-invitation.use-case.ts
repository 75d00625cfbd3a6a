import { Injectable } from '@nestjs/common';
import { linkPaths, userInvited } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor } from '#libs/tenancy';
import { linkTo, newLinkToken } from '../mail/link.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import { personOf, type User } from '../user/user.js';
import { INVITATION_LIFETIME_MS, type Invitation } from './invitation.js';
import { InvitationRepository } from './invitation.repository.js';

/** Mails somebody who is invited a new link, within the change that is the reason for it. */
@Injectable()
export class SendInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async execute(user: User, origin: string): Promise<Invitation> {
    const { token, hash } = newLinkToken();
    const [id, createdAt, actor] = [newId(), this.clock.now(), currentActor()];
    const expiresAt = new Date(createdAt.getTime() + INVITATION_LIFETIME_MS);
    const invitedBy = actor.kind === 'user' ? actor.id : null;
    const invitation = { id, userId: user.id, invitedBy, createdAt, expiresAt };
    await this.invitations.put(invitation, hash);
    await this.mails.put({
      template: 'invitation',
      to: user,
      link: linkTo(origin, linkPaths.invitation, token),
      ...(invitedBy !== null && actor.name !== null && { inviter: actor.name }),
    });
    const event = { ...personOf(user), invitationId: id, expiresAt: expiresAt.toISOString() };
    await this.events.append(userInvited, user.id, event);
    return invitation;
  }
}
