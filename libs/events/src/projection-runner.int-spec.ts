import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  defineProjection,
  digestOf,
  eventMigrations,
  OutboxRelay,
  PgEventLog,
  ProjectionLag,
  ProjectionRunner,
  Projector,
  RedisOutboxHint,
  type Projection,
  type ProjectionRunnerOptions,
} from '#libs/events';
import {
  CreateNotes1763700900000,
  noteErased,
  notes,
  noteWritten,
  testRedis,
  until,
} from '#libs/events/testing';
import { DomainError, SystemClock } from '#libs/kernel';
import { ServiceMetrics } from '#libs/metrics';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';
import type { Redis } from 'ioredis';
import { pino } from 'pino';

interface Note {
  readonly id: string;
  readonly text: string;
  readonly written: number;
}

describe(ProjectionRunner.name, () => {
  let shard: TestShard;
  let redis: Redis;
  let events: PgEventLog;
  const running: { stop(): Promise<void> }[] = [];
  const logger = pino({ level: 'silent' });

  beforeAll(async () => {
    shard = await testShard({ migrations: [...eventMigrations, CreateNotes1763700900000], tenants: 0 });
    redis = await testRedis(12);
    events = new PgEventLog(shard.database, new SystemClock(), new RedisOutboxHint(redis));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
  });
  afterAll(async () => {
    await redis.quit();
    await shard.close();
  });

  function run(projections: readonly Projection[], options: Partial<ProjectionRunnerOptions> = {}) {
    const runner = new ProjectionRunner({
      service: 'courses',
      projections,
      ...{ database: shard.database, relay: shard.relay, directory: shard.directory, redis, logger },
      sweepMs: 100,
      batch: 20,
      ...options,
    });
    running.push(runner);
    runner.start();
    return runner;
  }

  async function relay(): Promise<void> {
    const outbox = new OutboxRelay({
      service: 'insights',
      ...{ database: shard.database, relay: shard.relay, directory: shard.directory, redis, logger },
    });
    running.push(outbox);
    await outbox.start();
  }

  async function write(tenant: TenantRef, count: number, subject = 'n'): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await shard.inTenant(tenant, () => events.append(noteWritten, subject, { text: String(n) }));
    }
  }

  const inTenant = <R>(tenant: TenantRef, work: () => Promise<R>) => shard.inTenant(tenant, work);
  const notesOf = (tenant: TenantRef) =>
    inTenant(tenant, () =>
      shard.database.query<Note>('SELECT id, text, written FROM notes.notes ORDER BY id'),
    );
  const written = async (tenant: TenantRef) =>
    (await notesOf(tenant)).reduce((sum, note) => sum + note.written, 0);
  const digest = (tenant: TenantRef) => inTenant(tenant, () => digestOf(notes, shard.database));

  it('is woken through the stream, long before it would look by itself', async () => {
    const tenant = await shard.admit();
    await relay();
    run([notes], { sweepMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const started = Date.now();
    await write(tenant, 1);
    await until(async () => (await written(tenant)) === 1);
    expect(Date.now() - started).toBeLessThan(30_000);
  });

  it('applies each event once in effect, however many replicas there are', async () => {
    const tenants = [await shard.admit(), await shard.admit(), await shard.admit()];
    await relay();
    for (let replica = 0; replica < 4; replica += 1) run([notes], { batch: 3 });
    await Promise.all(tenants.map((tenant) => write(tenant, 60)));
    for (const tenant of tenants) {
      await until(async () => (await written(tenant)) >= 60);
      expect(await notesOf(tenant)).toEqual([{ id: 'n', text: '59', written: 60 }]);
    }
  });

  it('misses nothing without any relay or stream at all', async () => {
    const tenant = await shard.admit();
    await write(tenant, 30);
    run([notes]);
    await until(async () => (await written(tenant)) === 30);
    await write(tenant, 5);
    await until(async () => (await written(tenant)) === 35);
  });

  it('misses nothing when Redis forgets everything in the middle', async () => {
    const tenant = await shard.admit();
    await relay();
    run([notes]);
    for (let round = 0; round < 10; round += 1) {
      await write(tenant, 10, `n-${round}`);
      await redis.flushdb();
    }
    await until(async () => (await written(tenant)) === 100);
    expect((await notesOf(tenant)).map((note) => note.written)).toEqual(Array(10).fill(10));
  });

  it('moves the checkpoint and the read model together or not at all', async () => {
    const tenant = await shard.admit();
    await write(tenant, 5);
    let failures = 0;
    const failing: Projection = {
      ...notes,
      applyAll: async (batch, deps) => {
        await notes.applyAll(batch, deps);
        failures += 1;
        if (failures <= 2) throw new DomainError('unavailable', 'database.unavailable', 'gone');
      },
    };
    const projector = new Projector({ database: shard.database });
    await expect(inTenant(tenant, () => projector.step(failing))).rejects.toThrow('gone');
    await expect(inTenant(tenant, () => projector.step(failing))).rejects.toThrow('gone');
    expect(await notesOf(tenant)).toEqual([]);
    expect(await inTenant(tenant, () => projector.step(failing))).toBe('done');
    expect(await written(tenant)).toBe(5);
  });

  it('waits for a table that is not there yet, instead of parking', async () => {
    const tenant = await shard.admit();
    await write(tenant, 3);
    let isMigrated = false;
    const early: Projection = {
      ...notes,
      applyAll: async (batch, deps) => {
        if (!isMigrated) await deps.query('SELECT FROM notes.not_there_yet');
        await notes.applyAll(batch, deps);
      },
    };
    const projector = new Projector({ database: shard.database });
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await expect(inTenant(tenant, () => projector.catchUp(early))).rejects.toThrow('not_there_yet');
    }
    isMigrated = true;
    expect(await inTenant(tenant, () => projector.catchUp(early))).toBe('done');
    expect(await written(tenant)).toBe(3);
  });

  it('parks on an event that fails five times, keeps what came before it, and lets all others go on', async () => {
    const [ill, well] = [await shard.admit(), await shard.admit()];
    const isPoison = (text: string) => text === '6';
    const poisoned = defineProjection({
      name: 'courses.notes',
      tables: ['notes.notes'],
      events: [noteWritten, noteErased],
      apply: async (event, deps) => {
        if (
          event.type === 'courses.note.written' &&
          event.tenantId === ill.id &&
          isPoison(event.payload.text)
        ) {
          throw new TypeError('secret of the tenant');
        }
        await notes.applyAll([event], deps);
      },
    });
    const metrics = new ServiceMetrics('courses');
    const runner = run([poisoned], { metrics });
    await write(ill, 10);
    await write(well, 10);
    const lag = new ProjectionLag(shard.relay);
    const parked = async () =>
      (await lag.behind('courses.notes')).filter(({ status }) => status === 'parked');
    await until(async () => (await parked()).length === 1, 20);
    await until(async () => (await written(well)) === 10);
    expect(await parked()).toMatchObject([
      { tenantId: ill.id, shard: 'test', position: 6, head: 10, failure: 'TypeError' },
    ]);
    expect(await notesOf(ill)).toEqual([{ id: 'n', text: '5', written: 6 }]);
    await runner.sweep();
    expect(await metrics.registry.metrics()).toContain(
      'courses_projection_parked_tenants{projection="courses.notes"} 1',
    );

    await runner.stop();
    const projector = new Projector({ database: shard.database });
    await inTenant(ill, () => projector.orderReplay('courses.notes'));
    run([notes]);
    await until(async () => (await written(ill)) === 10);
    expect(await parked()).toEqual([]);
  });

  it('rebuilds a tenant’s rows to an equal digest while new events arrive, and no other tenant’s', async () => {
    const [tenant, other] = [await shard.admit(), await shard.admit()];
    const runner = run([notes]);
    for (let n = 0; n < 12; n += 1) {
      await write(tenant, 8, `n-${n}`);
      if (n % 4 === 0) await inTenant(tenant, () => events.append(noteErased, `n-${n}`, {}));
    }
    await write(other, 3);
    await until(async () => (await written(tenant)) === 72 && (await written(other)) === 3);
    const before = await digest(tenant);

    // What a fault might have left behind: only a replay can put it right.
    await inTenant(tenant, () => shard.database.query(`UPDATE notes.notes SET text = 'spoilt'`));
    await inTenant(tenant, () => shard.database.query(`DELETE FROM notes.notes WHERE id = 'n-5'`));
    await inTenant(other, () => shard.database.query(`UPDATE notes.notes SET text = 'left alone'`));
    expect(await digest(tenant)).not.toEqual(before);

    const projector = new Projector({ database: shard.database });
    const [ordered] = await Promise.all([
      inTenant(tenant, () => projector.orderReplay('courses.notes')),
      write(tenant, 20, 'meanwhile'),
    ]);
    expect(ordered).toBe(true);
    runner.wake(tenant.id, 'courses.notes');
    await until(async () => (await written(tenant)) === 92);
    await inTenant(tenant, () => shard.database.query(`DELETE FROM notes.notes WHERE id = 'meanwhile'`));
    expect(await digest(tenant)).toEqual(before);
    expect(await notesOf(other)).toEqual([{ id: 'n', text: 'left alone', written: 3 }]);
  });

  it('keeps the old rows readable until a replay is complete', async () => {
    const tenant = await shard.admit();
    await write(tenant, 50, 'kept');
    const projector = new Projector({ database: shard.database, batch: 5 });
    await inTenant(tenant, () => projector.catchUp(notes));
    await inTenant(tenant, () => projector.orderReplay('courses.notes'));
    const seen = new Set<number>();
    const over = new AbortController();
    const watching = (async () => {
      while (!over.signal.aborted) seen.add(await written(tenant));
    })();
    await inTenant(tenant, () => projector.catchUp(notes));
    over.abort();
    await watching;
    expect([...seen]).toEqual([50]);
  });

  it('does not know a projection that never ran in the tenant', async () => {
    const tenant = await shard.admit();
    const projector = new Projector({ database: shard.database });
    expect(await inTenant(tenant, () => projector.orderReplay('courses.unknown'))).toBe(false);
  });
});
