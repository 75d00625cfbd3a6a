import { Injectable } from '@nestjs/common';
import { sha256 } from '#libs/crypto';
import { Clock } from '#libs/kernel';
import { LinkInvalid } from '../password/password.errors.js';
import { UserRepository } from '../user/user.repository.js';
import { InvitationRepository } from './invitation.repository.js';

/** Whom a link invites, for the page that asks for a password. */
@Injectable()
export class ReadInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly users: UserRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws LinkInvalid */
  async execute(token: string): Promise<{ email: string; name: string }> {
    const invitation = await this.invitations.byToken(sha256(token), this.clock.now());
    const user = invitation === null ? null : await this.users.byId(invitation.userId);
    if (user?.status !== 'invited') throw new LinkInvalid();
    return { email: user.email, name: user.name };
  }
}
