import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { testRedisUrl } from '#libs/config/testing';
import { ServiceMetrics } from '#libs/metrics';
import { defineJob, TenantQueue, TenantQueueModule, type TenantQueueModuleOptions } from '#libs/queue';
import { FakeShardDirectory } from '#libs/sharding/testing';
import { currentActor, currentTenant, runInContext, type TenantRef } from '#libs/tenancy';
import { aContext, aTenant } from '#libs/tenancy/testing';
import { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';

const redisUrl = testRedisUrl(13);
const work = defineJob('media.test.work', z.strictObject({ n: z.int() }));

describe(TenantQueueModule.name, () => {
  const directory = new FakeShardDirectory();
  const apps: INestApplicationContext[] = [];
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(redisUrl);
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await redis.flushdb();
  });
  afterAll(async () => {
    await redis.quit();
  });

  async function open(options: Partial<TenantQueueModuleOptions> = {}): Promise<TenantQueue> {
    const module = TenantQueueModule.forService({
      service: 'media',
      ...{ redisUrl, directory },
      logger: pino({ level: 'silent' }),
      ...options,
    });
    const app = await NestFactory.createApplicationContext(module, { logger: false });
    apps.push(app);
    return app.get(TenantQueue);
  }

  function admit(tenant: TenantRef = aTenant()): TenantRef {
    directory.add(tenant, { name: 's', tier: 'small', url: '', state: 'open' });
    return tenant;
  }

  const within = <R>(tenant: TenantRef, run: () => Promise<R>) => runInContext(aContext({ tenant }), run);

  async function addMany(queue: TenantQueue, tenant: TenantRef, count: number): Promise<void> {
    await within(tenant, async () => {
      for (let n = 0; n < count; n += 1) await queue.add(work, { n });
    });
  }

  it('runs a job once, inside its tenant, in the name of who queued it, without his permissions', async () => {
    const tenant = admit();
    const queue = await open();
    const context = aContext({ tenant });
    const seen: unknown[] = [];
    queue.process(work, async ({ n }, { attempt }) => {
      seen.push([n, attempt, currentTenant().id, currentActor().id, currentActor().permissions]);
    });
    await runInContext(context, () => queue.add(work, { n: 7 }));
    await until(() => seen.length > 0);
    await delay(50);
    expect(seen).toEqual([[7, 1, tenant.id, context.actor.id, []]]);
  });

  it('shows how many jobs it holds', async () => {
    const metrics = new ServiceMetrics('media');
    const queue = await open({ metrics });
    await addMany(queue, admit(), 3);
    expect(await metrics.registry.metrics()).toContain('media_queue_jobs{state="waiting"} 3');
  });

  it('refuses a payload that the job does not know', async () => {
    const tenant = admit();
    const queue = await open();
    await expect(within(tenant, () => queue.add(work, { n: 1.5 }))).rejects.toThrow();
  });

  it('tries three times, 2 s and 4 s apart', async () => {
    const tenant = admit();
    const queue = await open();
    const times: number[] = [];
    queue.process(work, async () => {
      times.push(Date.now());
      throw new Error('not yet');
    });
    await within(tenant, () => queue.add(work, { n: 1 }));
    await until(() => times.length === 3, 12);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps[0]).toBeGreaterThan(1_600);
    expect(gaps[0]).toBeLessThan(2_800);
    expect(gaps[1]).toBeGreaterThan(3_200);
    expect(gaps[1]).toBeLessThan(5_200);
    await until(async () => (await redis.scard(`harka:queue:media:tenant:jobs:${tenant.id}`)) === 0);
  });

  it('lets a tenant queue as many as its plan allows and not one more, also from many places at once', async () => {
    const [full, other] = [admit(), admit()];
    const queues = [await open({ limit: () => 20 }), await open({ limit: () => 20 })];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => within(full, async () => queues[n % 2]?.add(work, { n }))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(30);
    expect(refused[0]).toMatchObject({ reason: { kind: 'rate_limited', code: 'queue.limit_exceeded' } });
    await within(other, async () => queues[0]?.add(work, { n: 1 }));
  });

  it('has room again when jobs are done, and does not count those that are no more', async () => {
    const tenant = admit();
    const queue = await open({ limit: () => 2 });
    let done = 0;
    await addMany(queue, tenant, 2);
    await redis.sadd(`harka:queue:media:tenant:jobs:${tenant.id}`, 'of-a-process-that-died');
    queue.process(work, async () => {
      done += 1;
    });
    await until(() => done === 2);
    await until(async () => (await redis.scard(`harka:queue:media:tenant:jobs:${tenant.id}`)) === 1);
    await addMany(queue, tenant, 2);
    await until(() => done === 4);
  });

  it('does not queue a job with the key of one that waits, and does once that is done', async () => {
    const tenant = admit();
    const queue = await open();
    const seen: number[] = [];
    await within(tenant, async () => {
      await queue.add(work, { n: 1 }, { key: 'course-1' });
      await queue.add(work, { n: 2 }, { key: 'course-1' });
      await queue.add(work, { n: 3 }, { key: 'course-2' });
    });
    await within(admit(), () => queue.add(work, { n: 4 }, { key: 'course-1' }));
    queue.process(work, async ({ n }) => {
      seen.push(n);
    });
    await until(() => seen.length === 3);
    expect(seen.sort()).toEqual([1, 3, 4]);
    await delay(100);
    await within(tenant, () => queue.add(work, { n: 5 }, { key: 'course-1' }));
    await until(() => seen.includes(5));
  });

  it('serves a quiet tenant’s jobs between those of one that queued a thousand before', async () => {
    const [busy, quiet] = [admit(aTenant({ plan: 'enterprise' })), admit()];
    const queue = await open({ concurrency: 1, jobsPerSecond: 100_000 });
    await addMany(queue, busy, 1_000);
    await addMany(queue, quiet, 5);
    const order: string[] = [];
    queue.process(work, async () => {
      order.push(currentTenant().id);
    });
    await until(() => order.filter((id) => id === quiet.id).length === 5);
    expect(order.lastIndexOf(quiet.id)).toBeLessThan(15);
  });

  it('lets nobody save up turns: later jobs of a busy tenant do not overtake its own older ones', async () => {
    const tenant = admit();
    const queue = await open({ concurrency: 1 });
    const order: number[] = [];
    await addMany(queue, tenant, 10);
    let isRefilled = false;
    queue.process(work, async ({ n }) => {
      order.push(n);
      if (n === 4 && !isRefilled) {
        isRefilled = true;
        await queue.add(work, { n: 100 });
      }
    });
    await until(() => order.length === 11);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100]);
  });

  it('serves high before normal before low', async () => {
    const tenant = admit();
    const queue = await open({ concurrency: 1 });
    const order: number[] = [];
    await within(tenant, async () => {
      for (const n of [1, 2]) await queue.add(work, { n: 300 + n }, { priority: 'low' });
      for (const n of [1, 2]) await queue.add(work, { n: 200 + n });
      for (const n of [1, 2]) await queue.add(work, { n: 100 + n }, { priority: 'high' });
    });
    queue.process(work, async ({ n }) => {
      order.push(n);
    });
    await until(() => order.length === 6);
    expect(order).toEqual([101, 102, 201, 202, 301, 302]);
  });

  it('starts no more of a tenant’s jobs in a second than allowed, over all workers', async () => {
    const tenant = admit();
    const [queue, other] = [await open({ jobsPerSecond: 5 }), await open({ jobsPerSecond: 5 })];
    const times: number[] = [];
    await addMany(queue, tenant, 12);
    const started = Date.now();
    for (const worker of [queue, other]) {
      worker.process(work, async () => {
        times.push(Date.now() - started);
      });
    }
    await until(() => times.length === 12, 15);
    expect(times.filter((time) => time < 900).length).toBeLessThanOrEqual(5);
    expect(Math.max(...times)).toBeGreaterThan(1_900);
  });

  it('does not run the jobs of a tenant that is suspended by then', async () => {
    const tenant = admit();
    const queue = await open();
    await addMany(queue, tenant, 1);
    admit({ ...tenant, status: 'suspended' });
    let runs = 0;
    queue.process(work, async () => {
      runs += 1;
    });
    await delay(500);
    expect(runs).toBe(0);
  });

  it('says at once that it cannot be reached, instead of waiting for Redis', async () => {
    const queue = await open({ redisUrl: 'redis://127.0.0.1:1' });
    const started = Date.now();
    await expect(within(admit(), () => queue.add(work, { n: 1 }))).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'queue.unavailable',
    });
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});

async function until(done: () => boolean | Promise<boolean>, seconds = 5): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`It did not come about within ${seconds} s.`);
    await delay(20);
  }
}
