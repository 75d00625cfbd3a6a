import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processEnvironment } from '#libs/config';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { Redis } from 'ioredis';
import { codeOf } from '../../testing/index.js';
import { type LoginThrottle, patience } from './login-throttle.js';
import { MemoryLoginThrottle } from './login-throttle.memory.js';
import { RedisLoginThrottle } from './login-throttle.redis.js';
import { RedisRequestBudget } from './request-budget.redis.js';

const url = processEnvironment()['HARKA_TEST_REDIS_URL'] ?? '';

describe.each(['memory', 'redis'] as const)('%s throttle', (kind) => {
  let redis: Redis;
  const clock = new FixedClock(Date.now());
  let throttle: LoginThrottle;

  beforeAll(async () => {
    redis = new Redis(url, { lazyConnect: true });
    await redis.connect();
    throttle =
      kind === 'memory'
        ? new MemoryLoginThrottle(clock)
        : new RedisLoginThrottle(redis, clock, () => undefined);
  });
  afterAll(() => {
    redis.disconnect();
  });

  const account = (ip = newId()) => ({ realm: newId(), email: 'a@acme.example', ip });
  type Who = ReturnType<typeof account>;
  const fail = async (who: Who) => (await throttle.begin(who)).failed();

  it('lets five failures pass, then locks for longer and longer', async () => {
    const who = account();
    const seconds: number[] = [];
    for (let time = 0; time < 12; time += 1) {
      const { lockedSeconds } = await fail(who);
      seconds.push(lockedSeconds);
      if (lockedSeconds > 0) expect(await codeOf(throttle.begin(who))).toBe('auth.locked');
      clock.advance(lockedSeconds * 1000 + 1);
    }
    expect(seconds).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('forgets failures after a success, and when somebody proved himself otherwise', async () => {
    const [one, two] = [account(), account()];
    for (const who of [one, two]) for (let time = 0; time < 4; time += 1) await fail(who);
    await (await throttle.begin(one)).succeeded();
    await throttle.forgive(two);
    for (const who of [one, two]) expect(await fail(who)).toMatchObject({ account: 1, lockedSeconds: 0 });
  });

  it('lets only so many attempts be under way at once, and gives places back', async () => {
    const who = account();
    const attempts = await Promise.all(
      Array.from({ length: patience.concurrent }, async () => throttle.begin(who)),
    );
    expect(await codeOf(throttle.begin(who))).toBe('auth.locked');
    await Promise.all(
      attempts.map(async (attempt, index) => (index % 2 === 0 ? attempt.abandoned() : attempt.succeeded())),
    );
    expect(await codeOf(throttle.begin(who))).toBeNull();
  });

  it('stops an address that fails at many accounts, in its own academy alone', async () => {
    const [realm, ip] = [newId(), newId()];
    for (let index = 0; index < patience.addressFailures; index += 1) {
      await fail({ realm, ip, email: `p${index}@acme.example` });
    }
    expect(await codeOf(throttle.begin({ realm, ip, email: 'fresh@acme.example' }))).toBe('auth.locked');
    expect(await codeOf(throttle.begin({ realm: newId(), ip, email: 'fresh@acme.example' }))).toBeNull();
    expect(await codeOf(throttle.begin({ realm, ip: newId(), email: 'fresh@acme.example' }))).toBeNull();
  });
});

describe(RedisLoginThrottle.name, () => {
  it('counts in the process while Redis is away', async () => {
    const away = new Redis({ host: '127.0.0.1', port: 1, lazyConnect: true, retryStrategy: null });
    away.on('error', () => undefined);
    const throttle = new RedisLoginThrottle(away, new FixedClock(), () => undefined);
    const who = { realm: newId(), email: 'a@acme.example', ip: null };
    for (let time = 0; time < 5; time += 1) await (await throttle.begin(who)).failed();
    expect(await codeOf(throttle.begin(who))).toBe('auth.locked');
    expect(await new RedisRequestBudget(away, () => undefined).allows(['x'], 0, 1)).toBe(true);
    away.disconnect();
  });

  it('keeps no e-mail address in Redis', async () => {
    const redis = new Redis(url);
    const who = { realm: newId(), email: 'private@acme.example', ip: '192.0.2.7' };
    await (await new RedisLoginThrottle(redis, new FixedClock(), () => undefined).begin(who)).failed();
    const keys = await redis.keys('auth:*');
    expect(keys.join()).not.toMatch(/private|192\.0\.2/);
    redis.disconnect();
  });
});
