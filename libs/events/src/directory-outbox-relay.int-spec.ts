import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryOutboxRelay, eventMigrations, PgEventLog, type DirectoryOutbox } from '#libs/events';
import { until } from '#libs/events/testing';
import { newId, SystemClock } from '#libs/kernel';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import { Pool, type PoolClient } from 'pg';
import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';

/** The part of the directory's outbox that the relay touches. */
const OUTBOX = `
  CREATE SCHEMA directory;
  CREATE TABLE directory.outbox (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, type text NOT NULL, version integer NOT NULL,
    subject text NOT NULL, payload jsonb NOT NULL, actor jsonb NOT NULL, origin jsonb NOT NULL, correlation_id text NOT NULL,
    occurred_at timestamptz NOT NULL, relayed_at timestamptz, change_seq bigserial)`;

class TestOutbox implements DirectoryOutbox {
  private readonly ambient = new AsyncLocalStorage<PoolClient>();
  /** Called before a transaction commits: where a test lets the process die. */
  beforeCommit: () => void = () => undefined;

  constructor(private readonly pool: Pool) {}

  async run<R>(work: () => Promise<R>): Promise<R> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await this.ambient.run(client, work);
      this.beforeCommit();
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  async query<R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    const { rows } = await (this.ambient.getStore() ?? this.pool).query<R>(sql, [...values]);
    return rows;
  }
}

describe(DirectoryOutboxRelay.name, () => {
  let shard: TestShard;
  let pool: Pool;
  let outbox: TestOutbox;

  beforeAll(async () => {
    shard = await testShard({ migrations: eventMigrations, tenants: 0 });
    pool = new Pool({ connectionString: shard.url });
    await pool.query(OUTBOX);
  });
  beforeEach(() => {
    outbox = new TestOutbox(pool);
  });
  afterAll(async () => {
    await pool.end();
    await shard.close();
  });

  function aRelay(): DirectoryOutboxRelay {
    return new DirectoryOutboxRelay({
      service: 'tenants',
      outbox,
      events: new PgEventLog(shard.database, new SystemClock()),
      directory: shard.directory,
      logger: pino({ level: 'silent' }),
      pollMs: 20,
    });
  }

  async function tell(tenantId: string, type: string): Promise<string> {
    const id = newId();
    await pool.query(
      `INSERT INTO directory.outbox (id, tenant_id, type, version, subject, payload, actor, origin, correlation_id, occurred_at)
       VALUES ($1, $2, $3, 1, 'the tenant', '{"a":1}', '{"kind":"operator","id":"op-1"}', '{"ip":"192.0.2.9","userAgent":"cli"}', 'r-9', '2026-01-02T03:04:05Z')`,
      [id, tenantId, type],
    );
    return id;
  }

  const logOf = (tenant: TenantRef) =>
    shard.inTenant(tenant, () =>
      shard.database.query<{ id: string; type: string; actor_id: string; ip: string; occurred_at: Date }>(
        'SELECT id, type, actor_id, ip, occurred_at FROM events.events ORDER BY position',
      ),
    );

  const waiting = async () =>
    Number((await pool.query('SELECT FROM directory.outbox WHERE relayed_at IS NULL')).rowCount);

  it('copies each event into its tenant’s log once, in order, with its own id, cause and time', async () => {
    const [a, b] = [await shard.admit(), await shard.admit()];
    const ids = [
      await tell(a.id, 'tenants.tenant.created'),
      await tell(b.id, 'tenants.tenant.created'),
      await tell(a.id, 'tenants.branding.changed'),
    ];
    await aRelay().relayAll();
    await aRelay().relayAll();
    expect((await logOf(a)).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    expect((await logOf(b)).map(({ id }) => id)).toEqual([ids[1]]);
    expect((await logOf(a))[0]).toMatchObject({
      ...{ type: 'tenants.tenant.created', actor_id: 'op-1', ip: '192.0.2.9' },
      occurred_at: new Date('2026-01-02T03:04:05Z'),
    });
    expect(await waiting()).toBe(0);
  });

  it('adds nothing twice when it dies between the copy and the mark', async () => {
    const tenant = await shard.admit();
    const id = await tell(tenant.id, 'tenants.domain.added');
    outbox.beforeCommit = () => {
      throw new Error('killed');
    };
    await expect(aRelay().relayAll()).rejects.toThrow('killed');
    expect(await waiting()).toBe(1);
    outbox.beforeCommit = () => undefined;
    await aRelay().relayAll();
    expect((await logOf(tenant)).map((event) => event.id)).toEqual([id]);
  });

  it('copies once when several replicas work at it', async () => {
    const tenant = await shard.admit();
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) ids.push(await tell(tenant.id, 'tenants.settings.changed'));
    await Promise.all([aRelay(), aRelay(), aRelay()].map((relay) => relay.relayAll()));
    expect((await logOf(tenant)).map(({ id }) => id)).toEqual(ids);
  });

  it('leaves the events of a tenant that is not placed yet, and copies them when it is', async () => {
    const [placed, later] = [await shard.admit(), aTenant()];
    await tell(later.id, 'tenants.tenant.created');
    await tell(placed.id, 'tenants.tenant.created');
    const relay = aRelay();
    relay.start();
    await until(async () => (await logOf(placed)).length === 1);
    expect(await waiting()).toBe(1);
    await shard.admit(later);
    await until(async () => (await waiting()) === 0);
    await relay.stop();
    expect(await logOf(later)).toHaveLength(1);
  });
});
