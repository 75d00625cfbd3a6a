import { Injectable } from '@nestjs/common';
import { OPERATOR_AUDIENCE } from '#libs/contracts/auth';
import { Clock, newId } from '#libs/kernel';
import { currentContext } from '#libs/tenancy';
import { DemoMode } from '../demo/demo-mode.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { normalizedPassword } from '../password/password.js';
import { startChain } from '../session/refresh-chain.js';
import { InvalidCredentials } from '../session/session.errors.js';
import { deviceOf, secondsLeft } from '../session/session.js';
import { LoginThrottle } from '../throttle/login-throttle.js';
import { TokenIssuer } from '../token/token-issuer.js';
import { requireAdminHost } from './admin-host.js';
import { LONGEST_OPERATOR_SESSION_MS, type Operator, type OperatorSignIn } from './operator.js';
import { OperatorRepository } from './operator.repository.js';

/** Signs an operator in, at the admin host. As guarded as the sign-in of an academy. */
@Injectable()
export class LogInOperator {
  constructor(
    private readonly operators: OperatorRepository,
    private readonly hasher: PasswordHasher,
    private readonly throttle: LoginThrottle,
    private readonly tokens: TokenIssuer,
    private readonly demo: DemoMode,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidCredentials, TooManyAttempts, HashingBusy, NotTheAdminHost */
  async execute(email: string, typed: string): Promise<OperatorSignIn> {
    requireAdminHost();
    const attempt = await this.throttle.begin({ realm: OPERATOR_AUDIENCE, email, ip: currentContext().ip });
    let operator: Operator | null;
    try {
      operator = await this.check(email, normalizedPassword(typed));
    } catch (error) {
      await attempt.abandoned();
      throw error;
    }
    if (operator === null) {
      await attempt.failed();
      throw new InvalidCredentials();
    }
    await attempt.succeeded();
    return this.start(operator);
  }

  private async check(email: string, password: string): Promise<Operator | null> {
    const known = await this.operators.byEmail(email);
    const isRight = await this.hasher.verify(password, known?.passwordHash ?? null);
    return isRight && !this.demo.refuses(password) ? (known?.operator ?? null) : null;
  }

  private async start(operator: Operator): Promise<OperatorSignIn> {
    const [id, now] = [newId(), this.clock.now()];
    const { chain, token } = startChain(id, now);
    const expiresAt = new Date(now.getTime() + LONGEST_OPERATOR_SESSION_MS);
    const times = { startedAt: now, lastSeenAt: now, expiresAt, endedAt: null };
    const subject = { ...operator, sessionId: id, role: null, audience: OPERATOR_AUDIENCE };
    const accessToken = await this.tokens.issue(subject);
    await this.operators.addSession({
      id,
      operatorId: operator.id,
      ...times,
      ...deviceOf(currentContext()),
      chain,
    });
    const refreshableFor = secondsLeft({ expiresAt }, now);
    return { operator, sessionId: id, accessToken, refreshToken: token, refreshableFor };
  }
}
