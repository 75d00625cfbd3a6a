import { Injectable } from '@nestjs/common';
import { accountLocked, loginFailed } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentContext, currentTenant } from '#libs/tenancy';
import { CredentialRepository } from '../password/credential.repository.js';
import { DemoMode } from '../demo/demo-mode.js';
import { HashingBusy } from '../password/password.errors.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { normalizedPassword } from '../password/password.js';
import { RegistrationRepository } from '../registration/registration.repository.js';
import { LoginThrottle, patience, type FailureCount } from '../throttle/login-throttle.js';
import { UserRepository } from '../user/user.repository.js';
import type { User } from '../user/user.js';
import { EmailNotVerified, InvalidCredentials } from './session.errors.js';
import type { SignIn } from './sign-in.js';
import { SignInGate } from './sign-in-gate.js';

type Failure = 'unknown_user' | 'wrong_password' | 'no_password' | 'not_active' | 'demo_password';

/** Failures that are written down, of one account in a row and of one address in a while. */
const TOLD = { account: 10, address: 30 } as const;

/** Signs in by e-mail and password. Whatever is wrong, the answer and the time it takes are the same. */
@Injectable()
export class LogIn {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly registrations: RegistrationRepository,
    private readonly hasher: PasswordHasher,
    private readonly throttle: LoginThrottle,
    private readonly gate: SignInGate,
    private readonly demo: DemoMode,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidCredentials, EmailNotVerified, TooManyAttempts, HashingBusy, SecondStepRequired, NetworkNotAllowed */
  async execute(email: string, typed: string, deviceToken?: string): Promise<SignIn> {
    const attempted = { realm: currentTenant().id, email, ip: currentContext().ip };
    const attempt = await this.throttle.begin(attempted);
    let outcome: User | Failure | 'unverified';
    try {
      outcome = await this.check(email, normalizedPassword(typed));
    } catch (error) {
      await attempt.abandoned();
      throw error;
    }
    if (typeof outcome === 'object') {
      await attempt.succeeded();
      return this.gate.execute(outcome, { method: 'password', amr: ['pwd'], deviceToken });
    }
    if (outcome === 'unverified') {
      await attempt.abandoned();
      throw new EmailNotVerified();
    }
    await this.tell(email, outcome, await attempt.failed());
    throw new InvalidCredentials();
  }

  /** One password comparison, no more and no less, whoever it is. */
  private async check(email: string, password: string): Promise<User | Failure | 'unverified'> {
    const [user, known, pending] = await Promise.all([
      this.users.byEmail(email),
      this.credentials.hashOfEmail(email),
      this.registrations.latestOf(email, this.clock.now()),
    ]);
    const hash = user === null ? (pending?.passwordHash ?? null) : known;
    const isRight = await this.hasher.verify(password, hash);
    if (this.demo.refuses(password)) return 'demo_password';
    if (user === null) return isRight ? 'unverified' : 'unknown_user';
    if (hash === null) return 'no_password';
    if (!isRight) return 'wrong_password';
    if (user.status !== 'active') return 'not_active';
    if (this.hasher.isOutdated(hash)) await this.upgrade(user.id, hash, password);
    return user;
  }

  /** Under load the dearer hash waits for the next sign-in. */
  private async upgrade(userId: string, outdated: string, password: string): Promise<void> {
    try {
      await this.credentials.upgrade(userId, outdated, await this.hasher.hash(password));
    } catch (error) {
      if (!(error instanceof HashingBusy)) throw error;
    }
  }

  private async tell(email: string, reason: Failure, { account, address, lockedSeconds }: FailureCount) {
    if (account > TOLD.account || address > TOLD.address) return;
    // Asked for whoever it is, so that it takes the same time.
    const userId = (await this.users.byEmail(email))?.id ?? null;
    const subject = userId ?? `unknown:${sha256(email).toString('hex', 0, 8)}`;
    const failed = occurrence(loginFailed, subject, { userId, reason });
    if (lockedSeconds === 0 || account < patience.freeFailures) return this.events.appendAll([failed]);
    const until = new Date(this.clock.now().getTime() + lockedSeconds * 1000).toISOString();
    return this.events.appendAll([failed, occurrence(accountLocked, subject, { userId, until })]);
  }
}
