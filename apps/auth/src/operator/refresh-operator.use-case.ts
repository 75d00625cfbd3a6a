import { Injectable } from '@nestjs/common';
import { OPERATOR_AUDIENCE } from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { currentContext } from '#libs/tenancy';
import { parseToken, present, type RefreshToken } from '../session/refresh-chain.js';
import { SessionEnded } from '../session/session.errors.js';
import { deviceOf, isOpen, secondsLeft } from '../session/session.js';
import { SessionRevocations } from '../session/session-revocations.js';
import { TokenIssuer } from '../token/token-issuer.js';
import { requireAdminHost } from './admin-host.js';
import type { Operator, OperatorSession, OperatorSignIn } from './operator.js';
import { OperatorRepository } from './operator.repository.js';

interface Refreshed {
  readonly session: OperatorSession;
  readonly operator: Operator;
  readonly token: string;
}

/** Trades an operator's refresh token for its successor. One that is spent ends the session. */
@Injectable()
export class RefreshOperator {
  constructor(
    private readonly operators: OperatorRepository,
    private readonly revocations: SessionRevocations,
    private readonly tokens: TokenIssuer,
    private readonly clock: Clock,
  ) {}

  /** @throws SessionEnded, NotTheAdminHost */
  async execute(refreshToken: string): Promise<OperatorSignIn> {
    requireAdminHost();
    const token = parseToken(refreshToken);
    if (token === null) throw new SessionEnded();
    const outcome = await this.operators.run(async () => this.present(token));
    if (outcome === 'stolen') await this.revocations.announce(null, [token.sessionId]);
    if (typeof outcome === 'string') throw new SessionEnded();
    const { session, operator } = outcome;
    const subject = { ...operator, sessionId: session.id, role: null, audience: OPERATOR_AUDIENCE };
    return {
      ...{ operator, sessionId: session.id, refreshToken: outcome.token },
      accessToken: await this.tokens.issue(subject),
      refreshableFor: secondsLeft(session, this.clock.now()),
    };
  }

  private async present(token: RefreshToken): Promise<Refreshed | 'refused' | 'stolen'> {
    const now = this.clock.now();
    const session = await this.operators.lockSession(token.sessionId);
    if (session === null || !isOpen(session, now)) return 'refused';
    const operator = await this.operators.byId(session.operatorId);
    const device = deviceOf(currentContext());
    const presented = present(session.chain, token, now, device.userAgent === session.userAgent);
    if (operator === null || presented.kind === 'unknown') return 'refused';
    if (presented.kind === 'reused') {
      await this.operators.endSession(session.id, 'token_reused', now);
      return 'stolen';
    }
    if (presented.kind === 'rotated') await this.operators.rotate(session.id, presented.chain, device);
    return { session, operator, token: presented.token };
  }
}
