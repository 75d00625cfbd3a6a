import { Injectable } from '@nestjs/common';
import { passwordChanged } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentTenant, UnitOfWork } from '#libs/tenancy';
import { DemoMode } from '../demo/demo-mode.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import { EndSessions } from '../session/end-sessions.use-case.js';
import { SessionRevocations } from '../session/session-revocations.js';
import { LoginThrottle } from '../throttle/login-throttle.js';
import { UserRepository } from '../user/user.repository.js';
import { CredentialRepository } from './credential.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import { LinkInvalid } from './password.errors.js';
import { acceptablePassword } from './password.js';

/** Sets a new password by the link of a mail. All sessions end, and the account is no longer locked. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly users: UserRepository,
    private readonly resets: PasswordResetRepository,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly demo: DemoMode,
    private readonly ending: EndSessions,
    private readonly revocations: SessionRevocations,
    private readonly throttle: LoginThrottle,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws LinkInvalid, WeakPassword, HashingBusy */
  async execute(token: string, typed: string): Promise<void> {
    const tokenHash = sha256(token);
    const userId = await this.resets.userOf(tokenHash, this.clock.now());
    const owner = userId === null ? null : await this.users.byId(userId);
    if (owner === null) throw new LinkInvalid();
    const passwordHash = await this.hasher.hash(this.demo.requireOwn(acceptablePassword(typed, owner)));
    const ended = await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      if ((await this.resets.redeem(tokenHash, now)) !== owner.id) throw new LinkInvalid();
      const user = await this.users.lock(owner.id);
      if (user.status !== 'active') throw new LinkInvalid();
      await this.credentials.save(user.id, passwordHash, now);
      await this.mails.put({ template: 'password_changed', to: user });
      await this.events.append(passwordChanged, user.id, { userId: user.id, by: 'reset' });
      return this.ending.execute(user.id, 'password_changed');
    });
    const { id } = currentTenant();
    await this.revocations.announce(id, ended);
    await this.throttle.forgive({ realm: id, email: owner.email });
  }
}
