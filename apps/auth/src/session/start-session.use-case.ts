import { Injectable } from '@nestjs/common';
import { sessionStarted } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { TokenIssuer } from '../token/token-issuer.js';
import { UserRepository } from '../user/user.repository.js';
import type { User } from '../user/user.js';
import { startChain } from './refresh-chain.js';
import { deviceOf, LONGEST_SESSION_MS, secondsLeft, type SessionMethod } from './session.js';
import { SessionRepository } from './session.repository.js';
import type { SignIn } from './sign-in.js';

/** Starts a session for somebody who has proved who he is. Its id is always a new one. */
@Injectable()
export class StartSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly tokens: TokenIssuer,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(user: User, method: SessionMethod): Promise<SignIn> {
    const now = this.clock.now();
    const [id, tenant] = [newId(), currentTenant()];
    const { chain, token } = startChain(id, now);
    const expiresAt = new Date(now.getTime() + LONGEST_SESSION_MS);
    const times = { startedAt: now, lastSeenAt: now, expiresAt, endedAt: null };
    const accessToken = await this.tokens.issue({ ...user, sessionId: id, audience: tenant.id });
    await this.unitOfWork.run(async () => {
      await this.sessions.prune(user.id, new Date(now.getTime() - LONGEST_SESSION_MS));
      await this.sessions.add({
        id,
        userId: user.id,
        method,
        ...times,
        ...deviceOf(currentContext()),
        chain,
      });
      await this.users.recordLogin(user.id, now);
      await this.events.append(sessionStarted, id, { sessionId: id, userId: user.id, method });
    });
    return {
      user,
      sessionId: id,
      accessToken,
      refreshToken: token,
      refreshableFor: secondsLeft({ expiresAt }, now),
    };
  }
}
