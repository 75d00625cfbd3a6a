import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entitlementMigrations, PlanEntitlements } from '#libs/entitlements';
import { testShard, type TestShard } from '#libs/sharding/testing';
import type { TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';

describe(PlanEntitlements.name, () => {
  let shard: TestShard;
  let entitlements: PlanEntitlements;

  beforeAll(async () => {
    shard = await testShard({ migrations: entitlementMigrations, tenants: 0 });
    entitlements = new PlanEntitlements(shard.database);
  });
  afterAll(() => shard.close());

  const used = (tenant: TenantRef) => shard.inTenant(tenant, () => entitlements.used('users'));
  const take = (tenant: TenantRef, amount: number) =>
    shard.inTenant(tenant, () => entitlements.take('users', amount));

  it('takes up to the limit and not one more', async () => {
    const tenant = await shard.admit(aTenant({ plan: 'starter' }));
    await take(tenant, 99);
    await take(tenant, 1);
    await expect(take(tenant, 1)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'limit.users_exceeded',
      details: { limit: 'users', most: 100 },
    });
    expect(await used(tenant)).toBe(100);
  });

  it('refuses a first take that is too large', async () => {
    const tenant = await shard.admit(aTenant({ plan: 'starter' }));
    await expect(take(tenant, 101)).rejects.toMatchObject({ code: 'limit.users_exceeded' });
    expect(await used(tenant)).toBe(0);
  });

  it('does not overshoot when many take at once', async () => {
    const tenant = await shard.admit(aTenant({ plan: 'starter' }));
    await take(tenant, 90);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => take(tenant, 1)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await used(tenant)).toBe(100);
  });

  it('gives back, but never below nothing', async () => {
    const tenant = await shard.admit(aTenant({ plan: 'starter' }));
    await take(tenant, -5);
    await take(tenant, 3);
    await take(tenant, -2);
    expect(await used(tenant)).toBe(1);
    await take(tenant, -9);
    expect(await used(tenant)).toBe(0);
  });

  it('forgets a take of a transaction that failed', async () => {
    const tenant = await shard.admit(aTenant({ plan: 'starter' }));
    const failing = shard.inTenant(tenant, () =>
      shard.database.run(async () => {
        await entitlements.take('users', 5);
        throw new Error('no');
      }),
    );
    await expect(failing).rejects.toThrow('no');
    expect(await used(tenant)).toBe(0);
  });

  it('refuses the byte after the last one of the storage', async () => {
    const tenant = await shard.admit(aTenant({ plan: 'starter' }));
    await shard.inTenant(tenant, async () => {
      await entitlements.take('storageBytes', 10 * 2 ** 30);
      await expect(entitlements.take('storageBytes', 1)).rejects.toMatchObject({
        kind: 'insufficient_storage',
        code: 'limit.storage_exceeded',
      });
    });
  });

  it('knows no end where the plan sets none', async () => {
    const tenant = await shard.admit(aTenant({ plan: 'enterprise' }));
    await take(tenant, 5_000_000);
    expect(await used(tenant)).toBe(5_000_000);
    expect(await shard.inTenant(tenant, () => entitlements.limit('users'))).toBeNull();
  });

  it('counts each tenant on its own', async () => {
    const [ours, theirs] = [await shard.admit(), await shard.admit()];
    await take(ours, 7);
    expect(await used(theirs)).toBe(0);
  });

  it('grants the features of the plan', async () => {
    const starter = await shard.admit(aTenant({ plan: 'starter' }));
    const enterprise = await shard.admit(aTenant({ plan: 'enterprise' }));
    await shard.inTenant(enterprise, () => entitlements.require('sso'));
    expect(await shard.inTenant(starter, () => entitlements.may('sso'))).toBe(false);
    const refused = shard.inTenant(starter, () => entitlements.require('sso'));
    await expect(refused).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'entitlement.feature_not_in_plan',
      details: { feature: 'sso' },
    });
  });
});
