import { Injectable } from '@nestjs/common';
import { refreshTokenReused, sessionEnded } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { MailOutbox } from '../mail/mail-outbox.js';
import { TokenIssuer } from '../token/token-issuer.js';
import type { User } from '../user/user.js';
import { LONGEST_CHAIN, parseToken, present, type RefreshToken } from './refresh-chain.js';
import { SessionEnded } from './session.errors.js';
import { deviceOf, isOpen, secondsLeft, type Session } from './session.js';
import { SessionRepository } from './session.repository.js';
import { SessionRevocations } from './session-revocations.js';
import type { SignIn } from './sign-in.js';

interface Refreshed {
  readonly session: Session;
  readonly user: User;
  readonly token: string;
}

/** Trades a refresh token for its successor. One that is spent ends the session: somebody has a copy of it. */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly revocations: SessionRevocations,
    private readonly tokens: TokenIssuer,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws SessionEnded */
  async execute(refreshToken: string): Promise<SignIn> {
    const token = parseToken(refreshToken);
    if (token === null) throw new SessionEnded();
    // The end of a stolen session has to be committed, so it is not thrown out of the transaction.
    const outcome = await this.unitOfWork.run(async () => this.present(token));
    if (outcome === 'refused') throw new SessionEnded();
    if (outcome === 'stolen') {
      await this.revocations.announce(currentTenant().id, [token.sessionId]);
      throw new SessionEnded();
    }
    const { user, session } = outcome;
    const subject = { ...user, sessionId: session.id, audience: currentTenant().id };
    return {
      ...{ user, sessionId: session.id, refreshToken: outcome.token },
      accessToken: await this.tokens.issue(subject),
      refreshableFor: secondsLeft(session, this.clock.now()),
    };
  }

  private async present(token: RefreshToken): Promise<Refreshed | 'refused' | 'stolen'> {
    const found = await this.sessions.lock(token.sessionId);
    const now = this.clock.now();
    if (found === null || !isOpen(found.session, now) || found.user.status !== 'active') return 'refused';
    const { session, user } = found;
    const device = deviceOf(currentContext());
    const presented = present(session.chain, token, now, device.userAgent === session.userAgent);
    switch (presented.kind) {
      case 'unknown':
        return 'refused';
      case 'reused':
        await this.endStolen(session, user, now);
        return 'stolen';
      case 'repeated':
        return { session, user, token: presented.token };
      case 'rotated':
        if (presented.chain.generation > LONGEST_CHAIN) return 'refused';
        await this.sessions.rotate(session.id, presented.chain, device);
        return { session, user, token: presented.token };
    }
  }

  private async endStolen({ id, userId }: Session, user: User, now: Date): Promise<void> {
    await this.sessions.end(id, userId, 'token_reused', now);
    await this.mails.put({ template: 'session_stolen', to: user });
    await this.events.append(refreshTokenReused, id, { sessionId: id, userId });
    await this.events.append(sessionEnded, id, { sessionId: id, userId, reason: 'token_reused' });
  }
}
