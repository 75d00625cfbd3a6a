import { sha256 } from '#libs/crypto';
import type { Redis } from 'ioredis';
import { RequestBudget } from './request-budget.js';

const COUNT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count`;

/** Counts that all replicas share. Without Redis everything is allowed that the gateway lets through. */
export class RedisRequestBudget extends RequestBudget {
  constructor(
    private readonly redis: Redis,
    private readonly failed: (error: unknown) => void,
  ) {
    super();
  }

  async allows(what: readonly string[], most: number, seconds: number): Promise<boolean> {
    if (this.redis.status !== 'ready') return true;
    const key = `auth:budget:${sha256(JSON.stringify(what)).subarray(0, 18).toString('base64url')}`;
    try {
      return Number(await this.redis.eval(COUNT, 1, key, seconds)) <= most;
    } catch (error) {
      this.failed(error);
      return true;
    }
  }
}
