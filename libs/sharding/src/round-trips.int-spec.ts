import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';
import { countingProxy, type CountingProxy } from '../testing/counting-proxy.js';
import { CreateNotebooks1763700000000 } from '../testing/notebooks.js';

const COUNT = 'SELECT count(*)::int AS n FROM notes.notebooks';

describe('The round trips of TenantDatabase', () => {
  let shard: TestShard;
  let proxy: CountingProxy;
  let tenant: TenantRef;

  beforeAll(async () => {
    shard = await testShard({ migrations: [CreateNotebooks1763700000000], tenants: 0 });
    proxy = await countingProxy(shard.url);
    tenant = await shard.admit();
    shard.directory.add(tenant, { ...shard.shard, name: 'proxied', url: proxy.url });
    await shard.inTenant(tenant, () => shard.database.query(COUNT));
  });
  afterAll(async () => {
    await shard.close();
    await proxy.close();
  });

  async function tripsOf(work: () => Promise<unknown>): Promise<number> {
    const before = proxy.roundTrips();
    await shard.inTenant(tenant, work);
    return proxy.roundTrips() - before;
  }
  const count = () => shard.database.query(COUNT);

  it('are one for a statement by itself, the fence and the name of the tenant included', async () => {
    expect(await tripsOf(count)).toBe(1);
    expect(await tripsOf(() => shard.database.query('SELECT $1::int AS never_seen_before', [1]))).toBe(1);
  });

  it('are one for each statement of a run and one for its commit', async () => {
    expect(await tripsOf(() => shard.database.run(count))).toBe(2);
    expect(
      await tripsOf(() => shard.database.run(async () => [await count(), await count(), await count()])),
    ).toBe(4);
  });

  it('are none for a run without statements', async () => {
    expect(await tripsOf(() => shard.database.run(async () => undefined))).toBe(0);
  });
});
