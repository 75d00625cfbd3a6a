import { Injectable } from '@nestjs/common';
import { sessionEnded } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import type { SessionEnd } from './session.js';
import { SessionRepository } from './session.repository.js';

/** Ends the sessions of a user, within the change that is the reason for it. Answers what to announce after it. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async execute(
    userId: string,
    reason: SessionEnd,
    exceptId: string | null = null,
  ): Promise<readonly string[]> {
    const ended = await this.sessions.endAll(userId, reason, this.clock.now(), exceptId);
    if (ended.length === 0) return [];
    await this.events.appendAll(
      ended.map(({ id }) => occurrence(sessionEnded, id, { sessionId: id, userId, reason })),
    );
    return ended.map(({ id }) => id);
  }
}
