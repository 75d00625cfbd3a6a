import { Injectable } from '@nestjs/common';
import { sessionEnded } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentTenant, UnitOfWork } from '#libs/tenancy';
import { SessionNotFound } from './session.errors.js';
import type { SessionEnd } from './session.js';
import { SessionRepository } from './session.repository.js';
import { SessionRevocations } from './session-revocations.js';

/** Ends one session of a user. */
@Injectable()
export class EndSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly revocations: SessionRevocations,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws SessionNotFound when the user has no such session that is open */
  async execute(sessionId: string, userId: string, reason: SessionEnd = 'ended_by_user'): Promise<void> {
    await this.unitOfWork.run(async () => {
      const ended = await this.sessions.end(sessionId, userId, reason, this.clock.now());
      if (ended === null) throw new SessionNotFound();
      await this.events.append(sessionEnded, sessionId, { sessionId, userId, reason });
    });
    await this.revocations.announce(currentTenant().id, [sessionId]);
  }
}
