import type { Redis } from 'ioredis';

const KEPT_SECONDS = 100 * 24 * 3600;

/** Whose usage on which day: `usage:{<tenant>}:<yyyy-mm-dd>`, a hash with the field `requests`. */
function usageKey(tenantId: string, day: Date): string {
  return `usage:${tenantId}:${day.toISOString().slice(0, 10)}`;
}

/** Counts API requests per tenant and day, in memory first: the gateway flushes it every second in one round trip. */
export class ApiUsageRecorder {
  private counts = new Map<string, number>();

  constructor(private readonly redis: Redis) {}

  count(tenantId: string, at: Date): void {
    const key = usageKey(tenantId, at);
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** Adds what was counted since the last flush; when Redis does not take it, it stays for the next. */
  async flush(): Promise<void> {
    if (this.counts.size === 0) return;
    const counts = this.counts;
    this.counts = new Map();
    const batch = this.redis.multi();
    for (const [key, count] of counts) batch.hincrby(key, 'requests', count).expire(key, KEPT_SECONDS);
    try {
      await batch.exec();
    } catch {
      for (const [key, count] of counts) this.counts.set(key, (this.counts.get(key) ?? 0) + count);
    }
  }
}

/** Requests of a tenant from the first day of the month (UTC) to `now`. */
export async function requestsOfMonth(redis: Redis, tenantId: string, now: Date): Promise<number> {
  const batch = redis.pipeline();
  for (let day = 1; day <= now.getUTCDate(); day += 1) {
    const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), day));
    batch.hget(usageKey(tenantId, date), 'requests');
  }
  const answers = (await batch.exec()) ?? [];
  return answers.reduce((sum, [, requests]) => sum + Number(requests ?? 0), 0);
}

/** Requests of a tenant on each of these days (yyyy-mm-dd, UTC). */
export async function requestsOfDays(
  redis: Redis,
  tenantId: string,
  days: readonly string[],
): Promise<readonly number[]> {
  const batch = redis.pipeline();
  for (const day of days) batch.hget(usageKey(tenantId, new Date(`${day}T00:00:00Z`)), 'requests');
  const answers = (await batch.exec()) ?? [];
  return answers.map(([, requests]) => Number(requests ?? 0));
}
