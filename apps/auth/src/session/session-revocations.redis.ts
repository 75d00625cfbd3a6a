import { ACCESS_TOKEN_LIFETIME, revokedSessionKey } from '#libs/contracts/auth';
import type { Broadcast } from '#libs/service';
import type { Redis } from 'ioredis';
import { SessionRevocations } from './session-revocations.js';

/** A minute longer than any token that was given out before. */
const TTL_SECONDS = ACCESS_TOKEN_LIFETIME + 60;

/** A key in Redis for those who ask, and a broadcast for those who remember. */
export class RedisSessionRevocations extends SessionRevocations {
  constructor(
    private readonly redis: Redis,
    private readonly broadcast: Broadcast,
    private readonly failed: (error: unknown) => void,
  ) {
    super();
  }

  async announce(tenantId: string | null, sessionIds: readonly string[]): Promise<boolean> {
    if (sessionIds.length === 0) return true;
    for (const sessionId of sessionIds) this.broadcast.publish('session.revoked', { tenantId, sessionId });
    try {
      const writing = this.redis.pipeline();
      for (const id of sessionIds) writing.set(revokedSessionKey(id), '1', 'EX', TTL_SECONDS);
      const results = await writing.exec();
      return results?.every(([error]) => error === null) ?? false;
    } catch (error) {
      // The session has ended in the database; until Redis is back its last access token lives on for its minutes.
      this.failed(error);
      return false;
    }
  }
}
