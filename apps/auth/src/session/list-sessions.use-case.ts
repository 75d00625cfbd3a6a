import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import type { Session } from './session.js';
import { SessionRepository } from './session.repository.js';

@Injectable()
export class ListSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string): Promise<readonly Session[]> {
    return this.sessions.openOf(userId, this.clock.now());
  }
}
