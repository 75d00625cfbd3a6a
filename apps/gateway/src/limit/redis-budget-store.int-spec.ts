import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { testRedisUrl } from '#libs/config/testing';
import { newId } from '#libs/kernel';
import { Redis } from 'ioredis';
import { RedisBudgetStore } from './redis-budget-store.js';
import { WindowLimiter } from './window-limiter.js';

describe(RedisBudgetStore.name, () => {
  let redis: Redis;
  beforeAll(async () => {
    redis = new Redis(testRedisUrl(14), { maxRetriesPerRequest: 1 });
    redis.on('error', () => undefined);
    await redis.flushdb();
  });
  afterAll(() => {
    redis.disconnect();
  });

  // All in one window, wherever the real clock stands.
  const limiterOn = (connection: Redis, failures: unknown[] = []) =>
    new WindowLimiter({
      store: new RedisBudgetStore(connection, { patienceMs: 10_000 }),
      now: () => 1_800_000_000_000,
      storeFailed: (error) => failures.push(error),
    });
  const allowedOf = async (
    limiters: readonly WindowLimiter[],
    key: string,
    limit: number,
  ): Promise<number> => {
    const asked = Array.from({ length: limit * 2 }, (_, index) => limiters[index % limiters.length]);
    const verdicts = await Promise.all(asked.map(async (limiter) => limiter?.take(key, limit)));
    return verdicts.filter((verdict) => verdict?.allowed).length;
  };

  it.each([10, 300, 6_000])(
    'shares a limit of %i between three replicas, to the last token',
    async (limit) => {
      const other = redis.duplicate();
      await other.ping();
      const replicas = [limiterOn(redis), limiterOn(other), limiterOn(redis)];
      expect(await allowedOf(replicas, newId(), limit)).toBe(limit);
      other.disconnect();
    },
  );

  it('leaves nothing behind for good', async () => {
    const key = newId();
    await limiterOn(redis).take(key, 100);
    const [stored = ''] = await redis.keys(`rate:{${key}}:*`);
    expect(await redis.ttl(stored)).toBeGreaterThan(0);
  });

  it('costs a fraction of a round trip a request', async () => {
    const calls = async () =>
      Number(/cmdstat_(?:eval|evalsha):calls=(\d+)/.exec(await redis.info('commandstats'))?.[1]);
    await limiterOn(redis).take(newId(), 60_000);
    const before = await calls();
    const limiter = limiterOn(redis);
    const key = newId();
    for (let index = 0; index < 2_000; index += 1) await limiter.take(key, 60_000);
    expect((await calls()) - before).toBeLessThan(40);
  });

  it('gives way to a limiter of its own where there is no Redis, and waits for none', async () => {
    const nowhere = new Redis('redis://127.0.0.1:1', {
      maxRetriesPerRequest: 1,
      retryStrategy: () => null,
      disconnectTimeout: 10,
    });
    nowhere.on('error', () => undefined);
    const failures: unknown[] = [];
    const started = Date.now();
    expect(await allowedOf([limiterOn(nowhere, failures)], newId(), 200)).toBe(200);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(failures).toHaveLength(1);
    nowhere.disconnect();
  });

  it('gives way also to a Redis that hangs', async () => {
    const deaf = createServer((socket) => socket.resume());
    await once(deaf.listen(0, '127.0.0.1'), 'listening');
    const { port } = deaf.address() as AddressInfo;
    const hanging = new Redis({ host: '127.0.0.1', port, enableReadyCheck: false, disconnectTimeout: 10 });
    const started = Date.now();
    const limiter = new WindowLimiter({ store: new RedisBudgetStore(hanging) });
    expect((await limiter.take(newId(), 100)).allowed).toBe(true);
    expect(Date.now() - started).toBeLessThan(5_000);
    hanging.disconnect();
    deaf.close();
  });
});
