import { Injectable } from '@nestjs/common';
import { EndSession } from '../session/end-session.use-case.js';
import { SessionNotFound } from '../session/session.errors.js';
import { IdentityRepository } from './identity.repository.js';

/** Ends the sessions here that somebody has at a provider, because they ended there or their connection did. */
@Injectable()
export class EndProviderSessions {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly ending: EndSession,
  ) {}

  /** Answers how many. */
  async execute(
    connectionId: string,
    by: Parameters<IdentityRepository['openSessions']>[1],
  ): Promise<number> {
    const sessions = await this.identities.openSessions(connectionId, by);
    for (const { sessionId, userId } of sessions) {
      try {
        await this.ending.execute(sessionId, userId, 'idp_logout');
      } catch (error) {
        if (!(error instanceof SessionNotFound)) throw error;
      }
    }
    return sessions.length;
  }
}
