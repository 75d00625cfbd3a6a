import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#libs/database/testing';
import { newId } from '#libs/kernel';
import { PgTenantDatabase, shardBaseMigrations, type PoolLimits } from '#libs/sharding';
import { runAsService, type TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import { Client } from 'pg';
import { FakeShardDirectory } from '../testing/fake-shard-directory.js';
import { loginAs } from '../testing/login-as.js';
import { CreateNotebooks1763700000000 } from '../testing/notebooks.js';

const SHARDS = 4;
const TENANTS = 1_000;

describe('The connections of one process', () => {
  const bases: TestDatabase[] = [];
  const directory = new FakeShardDirectory();
  const tenants: TenantRef[] = [];
  const open: PgTenantDatabase[] = [];
  let admin: Client;

  beforeAll(async () => {
    const migrations = [...shardBaseMigrations, CreateNotebooks1763700000000];
    for (let index = 0; index < SHARDS; index += 1) {
      const base = await testDatabase({ migrations });
      bases.push(base);
      const shard = { name: `s${index}`, tier: 'small', url: base.url, state: 'open' } as const;
      const here = Array.from({ length: TENANTS / SHARDS }, (_, tenant) =>
        aTenant({ slug: `t${index}-${tenant}` }),
      );
      for (const tenant of here) directory.add(tenant, shard);
      tenants.push(...here);
      const client = new Client({ connectionString: base.url });
      await client.connect();
      await client.query(
        `INSERT INTO app.tenant_fence (tenant_id, epoch, state) SELECT id, 1, 'active' FROM unnest($1::uuid[]) AS id`,
        [here.map(({ id }) => id)],
      );
      await client.end();
    }
    // Tenants of all shards, mixed.
    tenants.sort((one, other) => (one.id.slice(-6) < other.id.slice(-6) ? -1 : 1));
    admin = new Client({ connectionString: bases[0]?.url });
    await admin.connect();
  });
  afterAll(async () => {
    await Promise.all(open.map((database) => database.close()));
    await admin.end();
    await Promise.all(bases.map((base) => base.drop()));
  });

  function door(applicationName: string, limits: Partial<PoolLimits>): PgTenantDatabase {
    const database = new PgTenantDatabase({
      directory,
      login: loginAs('harka_app'),
      limits: { waitMs: 20_000, ...limits },
      session: { applicationName },
    });
    open.push(database);
    return database;
  }

  async function backends(applicationName: string): Promise<number> {
    const { rows } = await admin.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = $1',
      [applicationName],
    );
    return rows[0]?.n ?? 0;
  }

  const WRITE = 'INSERT INTO notes.notebooks (tenant_id, id, title) VALUES (app.current_tenant(), $1, $2)';

  /** The most backends that the server saw while `among` worked, 40 at a time. */
  async function busiest(
    name: string,
    database: PgTenantDatabase,
    among: readonly TenantRef[],
  ): Promise<number> {
    let most = 0;
    let next = 0;
    const worker = async () => {
      while (next < TENANTS) {
        const index = next++;
        const tenant = among[index % among.length];
        if (tenant === undefined) throw new Error('There are no tenants.');
        await runAsService(tenant, 'courses', () => database.query(WRITE, [newId(), `${name} ${index}`]));
        if (index % 50 === 0) most = Math.max(most, await backends(name));
      }
    };
    await Promise.all(Array.from({ length: 40 }, worker));
    return Math.max(most, await backends(name));
  }

  it('are no more for a thousand tenants than for ten', async () => {
    const few = bases.flatMap(({ url }, index) =>
      tenants.filter(({ id }) => directory.placements.get(id)?.url === url).slice(0, index < 2 ? 3 : 2),
    );
    expect(few).toHaveLength(10);
    const ten = await busiest('ten', door('ten', { perShard: 4 }), few);
    const thousand = await busiest('thousand', door('thousand', { perShard: 4 }), tenants);
    expect(ten).toBe(4 * SHARDS);
    expect(thousand).toBe(ten);
  });

  it('stay under the cap of the process when it is lower than what all shards might have', async () => {
    const most = await busiest('capped', door('capped', { perShard: 4, total: 5 }), tenants);
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(2);
  });

  it('to a shard that falls quiet are closed', async () => {
    const database = door('quiet', { idleMs: 100 });
    await Promise.all(
      tenants.slice(0, 40).map((tenant) => runAsService(tenant, 'courses', () => database.query('SELECT 1'))),
    );
    expect(await backends('quiet')).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await backends('quiet')).toBe(0);
    expect(database.poolStats()).toEqual([]);
  });

  it('never mix up tenants, however many share them', async () => {
    const database = door('mixed', { perShard: 2 });
    const seen = await Promise.all(
      tenants.slice(0, 200).map(async (tenant) => {
        const [row] = await runAsService(tenant, 'courses', () =>
          database.query<{ tenant: string }>('SELECT app.current_tenant() AS tenant'),
        );
        return row?.tenant === tenant.id;
      }),
    );
    expect(seen.every(Boolean)).toBe(true);
  });
});
