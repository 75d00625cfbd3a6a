import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { parseToken, present, type RefreshToken } from '../session/refresh-chain.js';
import { deviceOf, isOpen, secondsLeft, type Session } from '../session/session.js';
import { SessionRepository } from '../session/session.repository.js';
import type { SignIn } from '../session/sign-in.js';
import { TokenIssuer } from '../token/token-issuer.js';
import type { User } from '../user/user.js';
import { TicketInvalid } from './acting.errors.js';
import { TICKET_MS } from './acting.js';
import { ActingRepository } from './acting.repository.js';

/** Trades the ticket of an operator for the session that it stands for. It opens once. */
@Injectable()
export class EnterActing {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly acting: ActingRepository,
    private readonly tokens: TokenIssuer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws TicketInvalid */
  async execute(ticket: string): Promise<SignIn> {
    const token = parseToken(ticket);
    if (token === null) throw new TicketInvalid();
    const { session, user, refreshToken } = await this.unitOfWork.run(async () => this.spend(token));
    const acting = await this.acting.operatorOf(session);
    const subject = { ...user, sessionId: session.id, audience: currentTenant().id, acting };
    return {
      ...{ user, sessionId: session.id, refreshToken },
      accessToken: await this.tokens.issue(subject),
      refreshableFor: secondsLeft(session, this.clock.now()),
    };
  }

  private async spend(token: RefreshToken): Promise<{ session: Session; user: User; refreshToken: string }> {
    const [found, now] = [await this.sessions.lock(token.sessionId), this.clock.now()];
    if (found === null) throw new TicketInvalid();
    const { session, user } = found;
    const isTicket = session.method === 'operator' && session.chain.generation === 0;
    const isFresh = now.getTime() - session.startedAt.getTime() <= TICKET_MS;
    if (!isTicket || !isFresh || !isOpen(session, now) || user.status !== 'active') throw new TicketInvalid();
    const presented = present(session.chain, token, now, true);
    if (presented.kind !== 'rotated') throw new TicketInvalid();
    await this.sessions.rotate(session.id, presented.chain, deviceOf(currentContext()));
    return { session, user, refreshToken: presented.token };
  }
}
