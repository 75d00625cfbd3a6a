import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventMigrations, OutboxRelay, PgEventLog, RedisOutboxHint, relayBacklog } from '#libs/events';
import { noteWritten, testRedis, until } from '#libs/events/testing';
import { SystemClock } from '#libs/kernel';
import { ServiceMetrics } from '#libs/metrics';
import type { RelayDatabase } from '#libs/sharding';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';
import type { Redis } from 'ioredis';
import { pino } from 'pino';

const STREAM = 'harka:events';

interface Seen {
  readonly tenant: string;
  readonly position: number;
  readonly id: string;
  readonly cloudEvent: Record<string, unknown>;
}

/** `target`, with some of its methods replaced: how a test lets a relay meet its end at a chosen moment. */
function withMethods<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get: (real, name) => {
      const own: unknown = Reflect.get(name in methods ? methods : real, name);
      return typeof own === 'function' ? (own.bind(real) as unknown) : own;
    },
  });
}

class Crash extends Error {
  override readonly name = 'Crash';
}

describe(OutboxRelay.name, () => {
  let shard: TestShard;
  let redis: Redis;
  let events: PgEventLog;
  const running: OutboxRelay[] = [];

  beforeAll(async () => {
    shard = await testShard({ migrations: eventMigrations, tenants: 0 });
    redis = await testRedis(11);
    events = new PgEventLog(shard.database, new SystemClock(), new RedisOutboxHint(redis));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((relay) => relay.stop()));
    await redis.flushdb();
  });
  afterAll(async () => {
    await redis.quit();
    await shard.close();
  });

  async function start(changes: { redis?: Redis; relay?: RelayDatabase; metrics?: ServiceMetrics } = {}) {
    const relay = new OutboxRelay({
      service: 'insights',
      relay: shard.relay,
      database: shard.database,
      directory: shard.directory,
      redis,
      logger: pino({ level: 'silent' }),
      pollMs: 50,
      leaseMs: 400,
      batch: 10,
      ...changes,
    });
    running.push(relay);
    await relay.start();
    return relay;
  }

  async function write(tenant: TenantRef, count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await shard.inTenant(tenant, () => events.append(noteWritten, `n-${n}`, { text: String(n) }));
    }
  }

  async function stream(): Promise<Seen[]> {
    const entries = await redis.xrange(STREAM, '-', '+');
    return entries.map(([, fields]) => {
      const at = (name: string) => fields[fields.indexOf(name) + 1] ?? '';
      return {
        tenant: at('tenant'),
        position: Number(at('position')),
        id: at('id'),
        cloudEvent: JSON.parse(at('event')) as Record<string, unknown>,
      };
    });
  }

  const positionsOf = async (tenant: TenantRef) =>
    (await stream()).filter((seen) => seen.tenant === tenant.id).map(({ position }) => position);

  const pending = async () => (await relayBacklog(shard.relay))[0]?.pending;

  it('publishes what has committed, in the order of each tenant, and nothing else', async () => {
    const [a, b] = [await shard.admit(), await shard.admit()];
    await start();
    await Promise.all([write(a, 25), write(b, 12)]);
    await shard
      .inTenant(a, () =>
        shard.database.run(async () => {
          await events.append(noteWritten, 'never', { text: 'never' });
          throw new Error('rolled back');
        }),
      )
      .catch(() => undefined);
    await until(async () => (await pending()) === 0);
    expect(await positionsOf(a)).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
    expect(await positionsOf(b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    const [first] = await stream();
    expect(first?.cloudEvent).toMatchObject({
      specversion: '1.0',
      id: first?.id,
      source: '/services/courses',
      type: 'courses.note.written',
      subject: 'n-0',
      tenantid: first?.tenant,
      position: 1,
      data: { text: '0' },
    });
  });

  it('is woken by a hint long before it would look by itself', async () => {
    const tenant = await shard.admit();
    const relay = new OutboxRelay({
      service: 'insights',
      ...{ relay: shard.relay, database: shard.database, directory: shard.directory, redis },
      logger: pino({ level: 'silent' }),
      pollMs: 60_000,
    });
    running.push(relay);
    await relay.start();
    await until(async () => (await redis.pubsub('NUMSUB', 'harka:events:pending'))[1] !== 0);
    await write(tenant, 1);
    await until(async () => (await positionsOf(tenant)).length === 1, 2);
  });

  it('works from one replica at a time, and from the next when that one is gone', async () => {
    const tenant = await shard.admit();
    const replicas = [await start(), await start(), await start()];
    await write(tenant, 40);
    await until(async () => (await pending()) === 0);
    expect(await positionsOf(tenant)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    await replicas[0]?.stop();
    await replicas[1]?.stop();
    await write(tenant, 5);
    await until(async () => (await positionsOf(tenant)).length === 45);
  });

  it('loses nothing when it dies between the commit and the publication, a hundred times', async () => {
    const tenant = await shard.admit();
    let crashes = 0;
    const dying = withMethods(redis, {
      pipeline: () => {
        if (crashes >= 100) return redis.pipeline();
        crashes += 1;
        throw new Crash('before XADD');
      },
    });
    const relay = await start({ redis: dying });
    const poke = setInterval(() => {
      redis.publish('harka:events:pending', tenant.id).catch(() => undefined);
    }, 5);
    await write(tenant, 30);
    await until(async () => (await pending()) === 0, 30);
    clearInterval(poke);
    await relay.stop();
    expect(crashes).toBe(100);
    expect(await positionsOf(tenant)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
  });

  it('publishes again, with the same id, what it had no time to clear', async () => {
    const tenant = await shard.admit();
    await write(tenant, 7);
    let crashes = 0;
    const dying = withMethods(shard.relay, {
      query: async (name: string, sql: string, values?: readonly unknown[]) => {
        if (sql.startsWith('DELETE') && crashes < 1) {
          crashes += 1;
          throw new Crash('after XADD');
        }
        return shard.relay.query(name, sql, values);
      },
    });
    await start({ relay: dying });
    await until(async () => (await pending()) === 0);
    const seen = (await stream()).filter((entry) => entry.tenant === tenant.id);
    const whole = Array.from({ length: 7 }, (_, n) => n + 1);
    expect(seen.map(({ position }) => position)).toEqual([...whole, ...whole]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(7);
  });

  it('waits while Redis is away and then goes on where it was', async () => {
    const tenant = await shard.admit();
    const connection = redis.duplicate();
    await connection.ping();
    await start({ redis: connection });
    await write(tenant, 3);
    await until(async () => (await pending()) === 0);
    connection.disconnect();
    await write(tenant, 3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await pending()).toBe(3);
    await connection.connect();
    await until(async () => (await pending()) === 0);
    expect(await positionsOf(tenant)).toEqual([1, 2, 3, 4, 5, 6]);
    await Promise.all(running.splice(0).map((relay) => relay.stop()));
    connection.disconnect();
  });

  it('goes on with the other tenants when one is on the move', async () => {
    const [leaving, staying] = [await shard.admit(), await shard.admit()];
    await write(leaving, 2);
    await write(staying, 2);
    await shard.control.fenceTenant('test', leaving.id, 2, 'moving');
    await start();
    await until(async () => (await positionsOf(staying)).length === 2);
    expect(await positionsOf(leaving)).toEqual([]);
    await shard.control.admitTenant('test', leaving.id, 3);
    shard.directory.add(leaving, shard.shard, 3);
    await until(async () => (await positionsOf(leaving)).length === 2, 15);
  });

  it('shows how much waits and for how long', async () => {
    const tenant = await shard.admit();
    await write(tenant, 4);
    const metrics = new ServiceMetrics('insights');
    const relay = await start({ metrics });
    await relay.stop();
    await write(tenant, 2);
    expect(await metrics.registry.metrics()).toMatch(/insights_relay_pending_events\{shard="test"\} [2-6]/);
    expect(await metrics.registry.metrics()).toMatch(
      /insights_relay_oldest_pending_seconds\{shard="test"\} \d/,
    );
  });
});
