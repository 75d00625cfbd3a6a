import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testRedisUrl } from '#libs/config/testing';
import { newId } from '#libs/kernel';
import { Redis } from 'ioredis';
import { ApiUsageRecorder, requestsOfMonth } from './api-usage.js';

describe(ApiUsageRecorder.name, () => {
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(testRedisUrl(15));
  });

  afterAll(async () => {
    await redis.quit();
  });

  it('adds up a tenant’s requests over the days of the month and over gateways', async () => {
    const [ours, theirs] = [newId(), newId()];
    const gateways = [new ApiUsageRecorder(redis), new ApiUsageRecorder(redis)];
    for (const gateway of gateways) {
      gateway.count(ours, new Date('2026-02-28T23:59:59Z'));
      gateway.count(ours, new Date('2026-03-01T00:00:00Z'));
      gateway.count(ours, new Date('2026-03-17T12:00:00Z'));
      gateway.count(theirs, new Date('2026-03-17T12:00:00Z'));
      await gateway.flush();
    }
    expect(await requestsOfMonth(redis, ours, new Date('2026-03-17T13:00:00Z'))).toBe(4);
    expect(await requestsOfMonth(redis, theirs, new Date('2026-03-17T13:00:00Z'))).toBe(2);
    expect(await requestsOfMonth(redis, ours, new Date('2026-04-01T00:00:00Z'))).toBe(0);
    expect(await redis.hget(`usage:${ours}:2026-03-17`, 'requests')).toBe('2');
    expect(await redis.ttl(`usage:${ours}:2026-03-17`)).toBeGreaterThan(0);
  });

  it('keeps what Redis did not take for the next flush', async () => {
    const tenantId = newId();
    const connection = redis.duplicate();
    await connection.ping();
    connection.disconnect();
    await new Promise((resolve) => connection.once('end', resolve));
    const recorder = new ApiUsageRecorder(connection);
    recorder.count(tenantId, new Date('2026-03-17T12:00:00Z'));
    await recorder.flush();
    await connection.connect();
    await recorder.flush();
    await recorder.flush();
    expect(await requestsOfMonth(redis, tenantId, new Date('2026-03-17T13:00:00Z'))).toBe(1);
    connection.disconnect();
  });
});
