import type { Clock } from '#libs/kernel';
import type { Redis } from 'ioredis';
import { LoginThrottle, lockSeconds, patience, type Attempt, type Attempted } from './login-throttle.js';
import { MemoryLoginThrottle, throttleKeys } from './login-throttle.memory.js';
import { TooManyAttempts } from './throttle.errors.js';

const BEGIN = `
local now = tonumber(ARGV[1])
local failedHere = tonumber(redis.call('GET', KEYS[2]) or '0')
if failedHere >= tonumber(ARGV[2]) then return math.max(1000, redis.call('PTTL', KEYS[2])) end
local lockedUntil = tonumber(redis.call('HGET', KEYS[1], 'lockedUntil') or '0')
if lockedUntil > now then return lockedUntil - now end
if tonumber(redis.call('HGET', KEYS[1], 'underWay') or '0') >= tonumber(ARGV[3]) then return 1000 end
redis.call('HINCRBY', KEYS[1], 'underWay', 1)
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 0`;

// A key that expired meanwhile is not brought back by the end of an attempt.
const END = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('HINCRBY', KEYS[1], 'underWay', -1) < 0 then redis.call('HSET', KEYS[1], 'underWay', 0) end
if ARGV[1] == 'succeeded' then redis.call('HDEL', KEYS[1], 'failures', 'lockedUntil') end
return 0`;

const FAIL = `
if redis.call('HINCRBY', KEYS[1], 'underWay', -1) < 0 then redis.call('HSET', KEYS[1], 'underWay', 0) end
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
local lock = tonumber(cjson.decode(ARGV[2])[math.min(failures, tonumber(ARGV[3]))])
if lock > 0 then redis.call('HSET', KEYS[1], 'lockedUntil', tonumber(ARGV[1]) + lock * 1000) end
redis.call('EXPIRE', KEYS[1], ARGV[4])
local failedHere = redis.call('INCR', KEYS[2])
if failedHere == 1 then redis.call('EXPIRE', KEYS[2], ARGV[5]) end
return { failures, failedHere, lock }`;

const STEPS = 20;
const locks = JSON.stringify(Array.from({ length: STEPS }, (_, index) => lockSeconds(index + 1)));

/** Counts that all replicas share. While Redis is away each replica counts for itself. */
export class RedisLoginThrottle extends LoginThrottle {
  private readonly fallback: MemoryLoginThrottle;

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
    private readonly failed: (error: unknown) => void,
  ) {
    super();
    this.fallback = new MemoryLoginThrottle(clock);
  }

  async begin(attempted: Attempted): Promise<Attempt> {
    const { account, address } = throttleKeys(attempted);
    const limits = [patience.addressFailures, patience.concurrent, patience.memorySeconds];
    const wait = await this.ask(BEGIN, [account, address], [this.now(), ...limits]);
    if (wait === undefined) return this.fallback.begin(attempted);
    if (Number(wait) > 0) throw new TooManyAttempts(Number(wait) / 1000);
    const end = async (outcome: 'succeeded' | 'abandoned') => {
      await this.ask(END, [account], [outcome]);
    };
    return {
      succeeded: async () => end('succeeded'),
      abandoned: async () => end('abandoned'),
      failed: async () => {
        const memory = [patience.memorySeconds, patience.addressSeconds];
        const counts = await this.ask(FAIL, [account, address], [this.now(), locks, STEPS, ...memory]);
        const [failures, here, lockedSeconds] = (counts ?? [1, 1, 0]) as [number, number, number];
        return { account: failures, address: here, lockedSeconds };
      },
    };
  }

  async forgive(attempted: Pick<Attempted, 'realm' | 'email'>): Promise<void> {
    const { account } = throttleKeys({ ...attempted, ip: null });
    await Promise.all([this.redis.del(account).catch(this.failed), this.fallback.forgive(attempted)]);
  }

  /** Undefined where Redis does not answer. */
  private async ask(
    script: string,
    keys: readonly string[],
    values: readonly (string | number)[],
  ): Promise<unknown> {
    if (this.redis.status !== 'ready') return undefined;
    try {
      return await this.redis.eval(script, keys.length, ...keys, ...values);
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
