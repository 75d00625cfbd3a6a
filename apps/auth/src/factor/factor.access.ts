import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { currentActor, requireUserId } from '#libs/tenancy';
import { SessionEnded } from '../session/session.errors.js';
import type { Session } from '../session/session.js';
import { SessionRepository } from '../session/session.repository.js';
import type { User } from '../user/user.js';
import { StepUpRequired } from './factor.errors.js';

/** Who stole a session shall not make it his own: factors are changed shortly after a proof only. */
const UNLOCKED_MS = 10 * 60_000;

/** The session of the actor, and whether it may change factors. */
@Injectable()
export class FactorAccess {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  /** Within a transaction; the session is locked. @throws SessionEnded */
  async session(): Promise<{ readonly session: Session; readonly user: User }> {
    const userId = requireUserId();
    const { sessionId } = currentActor();
    const found = sessionId === null ? null : await this.sessions.lock(sessionId);
    if (found?.user.id !== userId || found.session.endedAt !== null) {
      throw new SessionEnded();
    }
    return found;
  }

  isUnlocked({ provedAt }: Session): boolean {
    return provedAt !== null && this.clock.now().getTime() - provedAt.getTime() < UNLOCKED_MS;
  }

  /** Within a transaction. @throws StepUpRequired, SessionEnded */
  async unlocked(): Promise<User> {
    const { session, user } = await this.session();
    if (!this.isUnlocked(session)) throw new StepUpRequired();
    return user;
  }
}
