import { Injectable } from '@nestjs/common';
import { passwordChanged } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentActor, currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { DemoMode } from '../demo/demo-mode.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import { EndSessions } from '../session/end-sessions.use-case.js';
import { SessionRevocations } from '../session/session-revocations.js';
import { LoginThrottle } from '../throttle/login-throttle.js';
import { UserNotFound } from '../user/user.errors.js';
import { UserRepository } from '../user/user.repository.js';
import type { User } from '../user/user.js';
import { CredentialRepository } from './credential.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordResetRepository } from './password-reset.repository.js';
import { WrongPassword } from './password.errors.js';
import { acceptablePassword, normalizedPassword } from './password.js';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** Changes one's own password. Other devices are signed out, and links to reset the old one are dead. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly resets: PasswordResetRepository,
    private readonly hasher: PasswordHasher,
    private readonly demo: DemoMode,
    private readonly throttle: LoginThrottle,
    private readonly ending: EndSessions,
    private readonly revocations: SessionRevocations,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws WrongPassword, WeakPassword, TooManyAttempts, HashingBusy */
  async execute(userId: string, { currentPassword, newPassword }: PasswordChange): Promise<void> {
    const user = await this.users.byId(userId);
    if (user === null) throw new UserNotFound();
    const password = this.demo.requireOwn(
      acceptablePassword(newPassword, user, 'newPassword'),
      'newPassword',
    );
    await this.requireCurrent(user, currentPassword);
    const passwordHash = await this.hasher.hash(password);
    const ended = await this.unitOfWork.run(async () => {
      await this.users.lock(userId);
      await this.credentials.save(userId, passwordHash, this.clock.now());
      await this.resets.removeOf(userId);
      await this.mails.put({ template: 'password_changed', to: user });
      await this.events.append(passwordChanged, userId, { userId, by: 'user' });
      return this.ending.execute(userId, 'password_changed', currentActor().sessionId);
    });
    await this.revocations.announce(currentTenant().id, ended);
  }

  /** Who stole a session guesses no faster here than at sign-in. */
  private async requireCurrent({ id, email }: User, typed: string): Promise<void> {
    const attempted = { realm: currentTenant().id, email, ip: currentContext().ip };
    const attempt = await this.throttle.begin(attempted);
    let isRight: boolean;
    try {
      isRight = await this.hasher.verify(normalizedPassword(typed), await this.credentials.hashOf(id));
    } catch (error) {
      await attempt.abandoned();
      throw error;
    }
    if (isRight) return attempt.succeeded();
    await attempt.failed();
    throw new WrongPassword();
  }
}
