import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testRedisUrl } from '#libs/config/testing';
import { newId } from '#libs/kernel';
import { ServiceMetrics } from '#libs/metrics';
import { runInContext, type TenantRef } from '#libs/tenancy';
import { aContext, aTenant } from '#libs/tenancy/testing';
import { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { RedisTenantCache } from './redis-tenant-cache.js';

describe(RedisTenantCache.name, () => {
  let redis: Redis;

  beforeAll(async () => {
    redis = new Redis(testRedisUrl(14));
    await redis.ping();
  });

  afterAll(async () => {
    await redis.quit();
  });

  function within<R>(tenant: TenantRef, work: () => Promise<R>): Promise<R> {
    return runInContext(aContext({ tenant }), work);
  }

  function aCache(quota = 1_000_000, failed?: (error: unknown) => void): RedisTenantCache {
    return new RedisTenantCache(redis, { quota: () => quota, ...(failed && { failed }) });
  }

  async function bytesOf(tenant: TenantRef, generation = 0): Promise<number> {
    return Number(await redis.hget(`tenant:{${tenant.id}}:g${generation}#sizes`, '*'));
  }

  it('gives back what was set, to the same tenant only', async () => {
    const [ours, theirs] = [aTenant(), aTenant()];
    const cache = aCache();
    await within(ours, () => cache.set('course', { title: 'Fire safety' }, 60));
    expect(await within(ours, () => cache.get('course'))).toEqual({ title: 'Fire safety' });
    expect(await within(theirs, () => cache.get('course'))).toBeUndefined();
    expect(await redis.get(`tenant:{${ours.id}}:g0:course`)).toBe('{"title":"Fire safety"}');
  });

  it('lets an entry die at its time and takes it out of the count', async () => {
    const tenant = aTenant();
    const cache = aCache();
    await within(tenant, () => cache.set('brief', 'x'.repeat(100), 1));
    await delay(1_100);
    expect(await within(tenant, () => cache.get('brief'))).toBeUndefined();
    await within(tenant, () => cache.set('next', 'y', 60));
    expect(await bytesOf(tenant)).toBe('next'.length + 3);
  });

  it('removes one key and its bytes', async () => {
    const tenant = aTenant();
    const cache = aCache();
    await within(tenant, () => cache.set('a', 1, 60));
    await within(tenant, () => cache.remove('a'));
    expect(await within(tenant, () => cache.get('a'))).toBeUndefined();
    expect(await bytesOf(tenant)).toBe(0);
  });

  it('evicts the oldest entries of a tenant over its quota and nobody else’s', async () => {
    const [greedy, modest] = [aTenant(), aTenant()];
    const cache = aCache(1_000);
    await within(modest, () => cache.set('mine', 'small', 60));
    for (let n = 0; n < 20; n += 1) await within(greedy, () => cache.set(`k${n}`, 'x'.repeat(96), 60));
    expect(await within(greedy, () => cache.get('k0'))).toBeUndefined();
    expect(await within(greedy, () => cache.get('k19'))).toBe('x'.repeat(96));
    expect(await bytesOf(greedy)).toBeLessThanOrEqual(1_000);
    expect(await bytesOf(greedy)).toBeGreaterThan(800);
    expect(await within(modest, () => cache.get('mine'))).toBe('small');
  });

  it('keeps to the quota when many replicas write at once', async () => {
    const tenant = aTenant();
    const caches = Array.from({ length: 8 }, () => aCache(5_000));
    await within(tenant, () =>
      Promise.all(
        Array.from({ length: 400 }, async (_, n) =>
          caches[n % 8]?.set(`k${n % 90}`, 'x'.repeat(n % 200), 60),
        ),
      ),
    );
    const kept = await redis.keys(`tenant:{${tenant.id}}:g0:*`);
    const sizes = await Promise.all(
      kept.map(async (key) => (await redis.strlen(key)) + (key.split(':g0:')[1]?.length ?? 0)),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBe(await bytesOf(tenant));
    expect(total).toBeLessThanOrEqual(5_000);
  });

  it('does not store what is larger than the whole quota, and forgets the value before it', async () => {
    const tenant = aTenant();
    const cache = aCache(100);
    await within(tenant, () => cache.set('big', 'small', 60));
    await within(tenant, () => cache.set('big', 'x'.repeat(200), 60));
    expect(await within(tenant, () => cache.get('big'))).toBeUndefined();
  });

  it('invalidates a tenant at once, in constant time, and clears away what is left without KEYS or SCAN', async () => {
    const tenant = aTenant();
    const cache = aCache(50_000_000);
    const writing = performance.now();
    await within(tenant, async () => {
      for (let batch = 0; batch < 20; batch += 1) {
        await Promise.all(Array.from({ length: 250 }, (_, n) => cache.set(`k${batch}-${n}`, n, 600)));
      }
    });
    const monitor = await redis.monitor();
    const seen: string[] = [];
    monitor.on('monitor', (_time: string, args: string[], _source: string, database: string) => {
      if (database === '14') seen.push(String(args[0]).toLowerCase());
    });
    const started = performance.now();
    await within(tenant, () => cache.invalidateTenant());
    expect(performance.now() - started).toBeLessThan((started - writing) / 2);
    expect(await within(tenant, () => cache.get('k0-0'))).toBeUndefined();
    await until(async () => (await redis.exists(`tenant:{${tenant.id}}:g0:k19-249`)) === 0);
    monitor.disconnect();
    expect(seen).toContain('eval');
    expect(seen).not.toContain('keys');
    expect(seen).not.toContain('scan');
  });

  it('loads once, and does not keep a value that was loaded before an invalidation', async () => {
    const tenant = aTenant();
    const cache = aCache();
    const load = jest.fn(async () => 'loaded');
    await within(tenant, () => cache.remember('once', 60, load));
    await within(tenant, () => cache.remember('once', 60, load));
    expect(load).toHaveBeenCalledTimes(1);

    await within(tenant, () =>
      cache.remember('late', 60, async () => {
        await cache.invalidateTenant();
        return 'stale';
      }),
    );
    expect(await within(tenant, () => cache.get('late'))).toBeUndefined();
  });

  it('counts hits and misses', async () => {
    const tenant = aTenant();
    const metrics = new ServiceMetrics('courses');
    const cache = new RedisTenantCache(redis, { metrics });
    await within(tenant, async () => {
      await cache.get('a');
      await cache.remember('a', 60, async () => 1);
      await cache.remember('a', 60, async () => 2);
      await cache.get('a');
    });
    const text = await metrics.registry.metrics();
    expect(text).toContain('courses_cache_reads_total{outcome="hit"} 2');
    expect(text).toContain('courses_cache_reads_total{outcome="miss"} 2');
  });

  it('is a miss and never an error while Redis is away, and does not forget an invalidation', async () => {
    const tenant = aTenant();
    const connection = redis.duplicate();
    await connection.ping();
    const cache = new RedisTenantCache(connection);
    await within(tenant, () => cache.set('a', 'old', 60));
    connection.disconnect();
    await until(async () => connection.status === 'end');
    expect(await within(tenant, () => cache.get('a'))).toBeUndefined();
    expect(await within(tenant, () => cache.remember('a', 60, async () => 'fresh'))).toBe('fresh');
    await within(tenant, () => cache.invalidateTenant());
    await connection.connect();
    expect(await within(tenant, () => cache.get('a'))).toBeUndefined();
    connection.disconnect();
  });

  it('tells what failed', async () => {
    const failed = jest.fn();
    const tenant = aTenant({ id: newId() });
    await redis.set(`tenant:{${tenant.id}}:g0:bad`, 'x');
    await redis.set(`tenant:{${tenant.id}}:g0#sizes`, 'not a hash');
    await within(tenant, () => aCache(100, failed).set('bad', 1, 60));
    expect(failed).toHaveBeenCalledTimes(1);
  });
});

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await done()); tries += 1) {
    if (tries > 200) throw new Error('It did not come about within 2 s.');
    await delay(10);
  }
}
