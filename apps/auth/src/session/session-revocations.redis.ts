import { REVOKED_SESSIONS, REVOKED_SESSIONS_KEPT } from '#libs/contracts/auth';
import type { Clock } from '#libs/kernel';
import type { Broadcast } from '#libs/service';
import type { Redis } from 'ioredis';
import { SessionRevocations } from './session-revocations.js';

/** A set in Redis that every gateway reads on, and a broadcast that is heard sooner. */
export class RedisSessionRevocations extends SessionRevocations {
  constructor(
    private readonly redis: Redis,
    private readonly broadcast: Broadcast,
    private readonly clock: Clock,
    private readonly failed: (error: unknown) => void,
  ) {
    super();
  }

  async announce(tenantId: string | null, sessionIds: readonly string[]): Promise<boolean> {
    if (sessionIds.length === 0) return true;
    for (const sessionId of sessionIds) this.broadcast.publish('session.revoked', { tenantId, sessionId });
    try {
      const now = this.clock.now().getTime();
      const writing = this.redis.pipeline();
      writing.zremrangebyscore(REVOKED_SESSIONS, '-inf', now - REVOKED_SESSIONS_KEPT * 1000);
      writing.zadd(REVOKED_SESSIONS, ...sessionIds.flatMap((id) => [now, id]));
      writing.expire(REVOKED_SESSIONS, REVOKED_SESSIONS_KEPT);
      const results = await writing.exec();
      return results?.every(([error]) => error === null) ?? false;
    } catch (error) {
      // The session has ended in the database; until Redis is back its last access token lives on for its minutes.
      this.failed(error);
      return false;
    }
  }
}
