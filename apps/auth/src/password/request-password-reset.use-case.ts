import { Injectable } from '@nestjs/common';
import { linkPaths, passwordResetRequested } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { SendInvitation } from '../invitation/send-invitation.use-case.js';
import { linkTo, newLinkToken } from '../mail/link.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import type { User } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { PasswordResetRepository } from './password-reset.repository.js';

const RESET_LIFETIME_MS = 3_600_000;

/**
 * Mails a link to set a new password, or the invitation once more to somebody who has none yet. To an address that
 * nobody has, and to who has no access, nothing is sent. It runs as a job, so who asked learns nothing from the time.
 */
@Injectable()
export class RequestPasswordReset {
  constructor(
    private readonly users: UserRepository,
    private readonly resets: PasswordResetRepository,
    private readonly invitations: SendInvitation,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(email: string, origin: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const user = await this.users.byEmail(email);
      if (user?.status === 'invited') await this.invitations.execute(user, origin);
      if (user?.status === 'active') await this.sendReset(user, origin);
    });
  }

  private async sendReset(user: User, origin: string): Promise<void> {
    const { token, hash } = newLinkToken();
    const now = this.clock.now();
    await this.resets.put(user.id, hash, now, new Date(now.getTime() + RESET_LIFETIME_MS));
    const link = linkTo(origin, linkPaths.passwordReset, token);
    await this.mails.put({ template: 'password_reset', to: user, link });
    await this.events.append(passwordResetRequested, user.id, { userId: user.id });
  }
}
