import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventMigrations, occurrence, PgEventLog, type RecordedEvent } from '#libs/events';
import { noteErased, noteWritten } from '#libs/events/testing';
import { newId, SystemClock } from '#libs/kernel';
import { testShard, type TestShard } from '#libs/sharding/testing';
import { runInContext, type TenantRef } from '#libs/tenancy';
import { aContext, aUser } from '#libs/tenancy/testing';
import { Client } from 'pg';

interface Row {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly payload: unknown;
}

const READ = 'SELECT position::float8 AS position, id, type, payload FROM events.events ORDER BY position';

describe(PgEventLog.name, () => {
  let shard: TestShard;
  let events: PgEventLog;

  beforeAll(async () => {
    shard = await testShard({
      migrations: eventMigrations,
      tenants: 0,
      database: { limits: { perShard: 12, tenantShare: 1, waitMs: 20_000 } },
    });
    events = new PgEventLog(shard.database, new SystemClock());
  });
  afterAll(() => shard.close());

  const logOf = (tenant: TenantRef) => shard.inTenant(tenant, () => shard.database.query<Row>(READ));

  async function pendingOf(tenant: TenantRef): Promise<number[]> {
    const rows = await shard.relay.query<{ position: number }>(
      'test',
      'SELECT position::float8 AS position FROM events.outbox_pending WHERE tenant_id = $1 ORDER BY position',
      [tenant.id],
    );
    return rows.map(({ position }) => position);
  }

  async function asOwner(work: (owner: Client) => Promise<unknown>): Promise<void> {
    const owner = new Client({ connectionString: shard.ownerUrl });
    await owner.connect();
    await work(owner);
    await owner.end();
  }

  it('stores who did what to which thing, when, where and by which request', async () => {
    const tenant = await shard.admit();
    const actor = aUser();
    const context = aContext({ tenant, actor, requestId: 'r-1', ip: '10.0.0.7', userAgent: 'Browser' });
    await runInContext(context, () => events.append(noteWritten, 'n-1', { text: 'hello' }));
    const [row] = await shard.inTenant(tenant, () => shard.database.query('SELECT * FROM events.events'));
    expect(row).toMatchObject({
      tenant_id: tenant.id,
      position: '1',
      type: 'courses.note.written',
      version: 1,
      subject: 'n-1',
      actor_kind: 'user',
      actor_id: actor.id,
      ip: '10.0.0.7',
      user_agent: 'Browser',
      correlation_id: 'r-1',
      payload: { text: 'hello' },
    });
    expect(await pendingOf(tenant)).toEqual([1]);
  });

  it('refuses a payload that its definition does not know', async () => {
    const tenant = await shard.admit();
    const stray = { text: 'x', more: 1 };
    await expect(shard.inTenant(tenant, () => events.append(noteWritten, 'n', stray))).rejects.toThrow();
  });

  it('stores nothing of a transaction that fails, and leaves no gap', async () => {
    const tenant = await shard.admit();
    await shard.inTenant(tenant, async () => {
      await events.append(noteWritten, 'n', { text: 'first' });
      const failing = shard.database.run(async () => {
        await events.append(noteWritten, 'n', { text: 'lost' });
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await events.append(noteWritten, 'n', { text: 'second' });
    });
    expect((await logOf(tenant)).map(({ position, payload }) => [position, payload])).toEqual([
      [1, { text: 'first' }],
      [2, { text: 'second' }],
    ]);
  });

  it('keeps the order of appends within a transaction, in one statement', async () => {
    const tenant = await shard.admit();
    await shard.inTenant(tenant, () =>
      shard.database.run(async () => {
        await events.append(noteWritten, 'n', { text: '1' });
        await events.appendAll([
          occurrence(noteWritten, 'n', { text: '2' }),
          occurrence(noteErased, 'n', {}),
        ]);
        await events.append(noteWritten, 'n', { text: '4' });
        expect(await logOf(tenant)).toEqual([]);
      }),
    );
    const log = await logOf(tenant);
    expect(log.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect(log.map(({ type }) => type.split('.')[2])).toEqual(['written', 'written', 'erased', 'written']);
  });

  it('counts each tenant on its own', async () => {
    const [ours, theirs] = [await shard.admit(), await shard.admit()];
    for (const tenant of [ours, theirs, ours]) {
      await shard.inTenant(tenant, () => events.append(noteErased, 'n', {}));
    }
    expect((await logOf(ours)).map(({ position }) => position)).toEqual([1, 2]);
    expect((await logOf(theirs)).map(({ position }) => position)).toEqual([1]);
  });

  it('copies an event once however often and from however many places it is copied', async () => {
    const tenant = await shard.admit();
    const copies: RecordedEvent[] = Array.from({ length: 3 }, (_, n) => ({
      id: newId(),
      type: 'tenants.tenant.created',
      version: 1,
      subject: tenant.id,
      actor: { kind: 'operator', id: null },
      origin: { ip: null, userAgent: null },
      correlationId: 'r',
      occurredAt: new Date(`2026-01-0${n + 1}T00:00:00Z`),
      payload: { n },
    }));
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        shard.inTenant(tenant, () => events.copy(copies.slice(0, 1 + (n % 3)))),
      ),
    );
    const log = await logOf(tenant);
    expect(log.map(({ id }) => id)).toEqual(copies.map(({ id }) => id));
    expect(log.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(await pendingOf(tenant)).toEqual([1, 2, 3]);
  });

  it('reads no more of a long log than of a short one', async () => {
    const tenant = await shard.admit();
    const many = Array.from({ length: 2_000 }, (_, n) => occurrence(noteWritten, 'n', { text: String(n) }));
    await shard.inTenant(tenant, () => events.appendAll(many));
    // What autovacuum does within a minute: until then the planner takes the table for an empty one.
    await asOwner((owner) => owner.query('ANALYZE events.events'));
    // The server adds up what a connection read, and tells it anew only every second: the difference counts.
    const rowsRead = async () => {
      const [row] = await shard.database.query<{ read: number }>(
        `SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer AS read
           FROM pg_stat_xact_user_tables WHERE schemaname = 'events' AND relname = 'events'`,
      );
      return row?.read ?? 0;
    };
    const reads = await shard.inTenant(tenant, () =>
      shard.database.run(async () => {
        const before = await rowsRead();
        await events.append(noteWritten, 'n', { text: 'one more' });
        let read = 0;
        await shard.database.beforeCommit(async () => {
          read = (await rowsRead()) - before;
        }, undefined);
        return () => read;
      }),
    );
    expect(reads()).toBeLessThan(100);
  });

  it('cannot be written to, changed or emptied by the application in another way', async () => {
    const tenant = await shard.admit();
    await shard.inTenant(tenant, () => events.append(noteErased, 'n', {}));
    for (const statement of [
      'DELETE FROM events.events',
      `UPDATE events.events SET subject = 'x'`,
      `INSERT INTO events.counters VALUES (app.current_tenant(), 9)`,
      'UPDATE events.counters SET position = 0',
      'DELETE FROM events.outbox_pending',
      'TRUNCATE events.events',
    ]) {
      const attempt = shard.inTenant(tenant, () => shard.database.query(statement));
      await expect(attempt).rejects.toThrow('permission denied');
    }
  });

  it('refuses an append outside of any tenant, and shows the relay ids but no event', async () => {
    const client = new Client({ connectionString: shard.appUrl });
    await client.connect();
    await expect(client.query(`SELECT events.append('[]')`)).rejects.toThrow('within a tenant');
    expect((await client.query('SELECT * FROM events.events')).rows).toEqual([]);
    await client.end();
    await expect(shard.relay.query('test', 'SELECT * FROM events.events')).rejects.toThrow(
      'permission denied',
    );
    const unknown = shard.relay.query('test', 'SELECT updated_at FROM events.checkpoints');
    await expect(unknown).rejects.toThrow('permission denied');
  });

  it('lets a reader by position skip nothing under concurrent writers, where a global sequence skips', async () => {
    const tenant = await shard.admit();
    const owner = new Client({ connectionString: shard.ownerUrl });
    await owner.connect();
    await owner.query('CREATE SCHEMA naive');
    await owner.query('CREATE TABLE naive.log (position bigserial PRIMARY KEY, id uuid NOT NULL)');
    await owner.query('GRANT USAGE ON SCHEMA naive TO harka_app');
    await owner.query('GRANT SELECT, INSERT ON naive.log TO harka_app');
    await owner.query('GRANT USAGE ON SEQUENCE naive.log_position_seq TO harka_app');

    const [writers, each] = [8, 260];
    const slowly = async () => {
      await shard.database.query('SELECT pg_sleep($1)', [Math.random() * 0.002]);
    };
    const write = (n: number) =>
      shard.inTenant(tenant, () =>
        shard.database.run(async () => {
          await shard.database.query('INSERT INTO naive.log (id) VALUES ($1)', [newId()]);
          await events.append(noteWritten, `n-${n % 10}`, { text: String(n) });
          if (n % 3 === 0) await slowly();
          // With the counter's lock already held.
          await shard.database.beforeCommit(slowly, undefined);
        }),
      );

    let isWriting = true;
    const follow = async (sql: string): Promise<number[]> => {
      const seen: number[] = [];
      for (let isLast = false; !isLast;) {
        isLast = !isWriting;
        const rows = await shard.inTenant(tenant, () =>
          shard.database.query<{ position: number }>(sql, [seen.at(-1) ?? 0]),
        );
        seen.push(...rows.map(({ position }) => position));
      }
      return seen;
    };
    const readers = Promise.all([
      follow('SELECT position::float8 AS position FROM events.events WHERE position > $1 ORDER BY position'),
      follow('SELECT position::float8 AS position FROM naive.log WHERE position > $1 ORDER BY position'),
    ]);
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let n = 0; n < each; n += 1) await write(writer * each + n);
      }),
    );
    isWriting = false;
    const [ours, naive] = await readers;
    await owner.end();

    expect(ours).toEqual(Array.from({ length: writers * each }, (_, index) => index + 1));
    expect(naive.length).toBeLessThan(writers * each);
  });
});
