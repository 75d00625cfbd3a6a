import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PgTenantDatabase } from '#libs/sharding';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';

describe(`${PgTenantDatabase.name}: around the commit`, () => {
  let shard: TestShard;
  let tenant: TenantRef;

  beforeAll(async () => {
    shard = await testShard({ tenants: 1 });
    const [only] = shard.tenants;
    if (only === undefined) throw new Error('A tenant is needed.');
    tenant = only;
  });
  afterAll(() => shard.close());

  it('does what was kept for the end once, with all its items, inside the transaction', async () => {
    const { database } = shard;
    const seen: (string | readonly number[])[] = [];
    const keep = async (items: readonly number[]) => {
      const [row] = await database.query<{ tenant: string }>('SELECT app.current_tenant()::text AS tenant');
      seen.push(row?.tenant ?? '', items);
    };
    await shard.inTenant(tenant, () =>
      database.run(async () => {
        await database.beforeCommit(keep, 1);
        await database.run(() => database.beforeCommit(keep, 2));
        database.afterCommit(() => seen.push('committed'));
        await database.query('SELECT 1');
        expect(seen).toEqual([]);
      }),
    );
    expect(seen).toEqual([tenant.id, [1, 2], 'committed']);
  });

  it('does neither when the transaction fails', async () => {
    const { database } = shard;
    const seen: string[] = [];
    const failing = shard.inTenant(tenant, () =>
      database.run(async () => {
        await database.beforeCommit(async () => void seen.push('last'), 1);
        database.afterCommit(() => seen.push('committed'));
        await database.query('SELECT 1 / 0');
      }),
    );
    await expect(failing).rejects.toThrow('division by zero');
    expect(seen).toEqual([]);
  });

  it('does both at once where there is no transaction', async () => {
    const { database } = shard;
    const seen: unknown[] = [];
    await shard.inTenant(tenant, async () => {
      await database.beforeCommit(async (items: readonly number[]) => void seen.push(items), 1);
      database.afterCommit(() => seen.push('committed'));
    });
    expect(seen).toEqual([[1], 'committed']);
  });

  it('rolls back when the last work fails', async () => {
    const { database } = shard;
    const failing = shard.inTenant(tenant, () =>
      database.run(async () => {
        await database.beforeCommit(async () => Promise.reject(new Error('no room')), 1);
      }),
    );
    await expect(failing).rejects.toThrow('no room');
  });
});
