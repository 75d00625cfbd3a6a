import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { testRedisUrl } from '#libs/config/testing';
import { newId } from '#libs/kernel';
import Bull, { type Queue } from 'bull';
import { Redis } from 'ioredis';
import type { Envelope } from './bull-tenant-queue.js';
import { QueueInspector } from './queue-inspector.js';

const redisUrl = testRedisUrl(14);

describe(QueueInspector.name, () => {
  let redis: Redis;
  let queue: Queue<Envelope>;
  let inspector: QueueInspector;

  beforeAll(() => {
    redis = new Redis(redisUrl, { maxRetriesPerRequest: null, enableReadyCheck: false });
    queue = new Bull<Envelope>('media', redisUrl, { prefix: 'harka:queue' });
    inspector = new QueueInspector(redis);
  });
  afterEach(async () => redis.flushdb());
  afterAll(async () => {
    await queue.close();
    await redis.quit();
  });

  const envelope = (tenantId: string): Envelope => ({
    ...{ tenantId, requestId: 'r', traceparent: null, payload: { secret: 'hidden' } },
    actor: {
      ...{ kind: 'service', id: 'media', name: null, email: null, role: null },
      ...{ permissions: [], sessionId: null },
    },
  });

  /** A job that was tried as often as it may be. */
  async function aFailure(tenantId: string, reason: string): Promise<string> {
    await queue.add('media.test.work', envelope(tenantId), { attempts: 1 });
    const job = await queue.getNextJob();
    await job?.moveToFailed({ message: reason }, true);
    // As a worker does; until then nobody else may touch the job.
    await job?.releaseLock();
    return String(job?.id);
  }

  it('counts the jobs of every service', async () => {
    await queue.add('media.test.work', envelope(newId()));
    const counts = await inspector.counts();
    expect(counts.map(({ queue: name }) => name)).toContain('insights');
    const media = counts.find(({ queue: name }) => name === 'media');
    expect(media).toMatchObject({ waiting: 1, active: 0, failed: 0 });
    expect(media?.oldestSeconds).toBeGreaterThanOrEqual(0);
  });

  it('shows what was given up and why, and nothing of what is in it', async () => {
    const tenantId = newId();
    const id = await aFailure(tenantId, 'no room');
    const [job] = await inspector.failed('media', 0, 10);
    expect(job).toMatchObject({ id, name: 'media.test.work', tenantId, reason: 'no room' });
    expect(JSON.stringify(job)).not.toContain('hidden');
  });

  it('puts one back, or throws it away', async () => {
    const [again, away] = [await aFailure(newId(), 'x'), await aFailure(newId(), 'y')];
    await inspector.retry('media', again);
    await inspector.discard('media', away);
    expect(await inspector.find('media', again)).toBeNull();
    expect(await inspector.find('media', away)).toBeNull();
    expect(await inspector.countsOf('media')).toMatchObject({ waiting: 1, failed: 0 });
  });
});
