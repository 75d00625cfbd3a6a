import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { EndSession } from './end-session.use-case.js';
import { parseToken, present } from './refresh-chain.js';
import { SessionNotFound } from './session.errors.js';
import { SessionRepository } from './session.repository.js';

/** Ends the session of the access token or, when that has expired, of the refresh token. Good without either. */
@Injectable()
export class LogOut {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly ending: EndSession,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(refreshToken: string | undefined): Promise<void> {
    const session = this.ofActor() ?? (await this.ofToken(refreshToken));
    if (session === null) return;
    try {
      await this.ending.execute(session.id, session.userId, 'logout');
    } catch (error) {
      if (!(error instanceof SessionNotFound)) throw error;
    }
  }

  private ofActor(): { id: string; userId: string } | null {
    const { kind, id, sessionId } = currentActor();
    return kind === 'user' && id !== null && sessionId !== null ? { id: sessionId, userId: id } : null;
  }

  private async ofToken(text: string | undefined): Promise<{ id: string; userId: string } | null> {
    const token = text === undefined ? null : parseToken(text);
    if (token === null) return null;
    const found = await this.unitOfWork.run(async () => this.sessions.lock(token.sessionId));
    if (found === null) return null;
    const { kind } = present(found.session.chain, token, this.clock.now(), true);
    return kind === 'unknown' ? null : { id: token.sessionId, userId: found.session.userId };
  }
}
