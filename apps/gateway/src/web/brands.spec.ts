import { describe, expect, it } from '@jest/globals';
import type { DirectoryTenant } from '#libs/sharding';
import { aTenant } from '#libs/tenancy/testing';
import { brandFromDirectory, Brands } from './brands.js';

const colors = { primaryColor: '#b3400a', secondaryColor: '#1b2430' };
const tenant: DirectoryTenant = { ...aTenant(), branding: { ...colors, logo: null }, settings: {} };

const setUp = () => {
  const state = { loads: 0, at: 0, away: false };
  const brands = new Brands({
    now: () => state.at,
    load: async (asked) => {
      state.loads += 1;
      if (state.away) throw new Error('away');
      return { ...brandFromDirectory(asked), name: `Loaded ${state.loads}` };
    },
  });
  return { state, brands };
};

describe(Brands.name, () => {
  it('asks once for many pages, and again after a minute', async () => {
    const { state, brands } = setUp();
    const pages = await Promise.all(Array.from({ length: 10 }, async () => brands.of(tenant)));
    expect(new Set(pages.map(({ name }) => name))).toEqual(new Set(['Loaded 1']));
    state.at += 60_000;
    expect((await brands.of(tenant)).name).toBe('Loaded 2');
  });

  it('asks again as soon as the tenant changed', async () => {
    const { brands } = setUp();
    await brands.of(tenant);
    brands.forget(tenant.id);
    expect((await brands.of(tenant)).name).toBe('Loaded 2');
  });

  it('shows the last known brand, or what the directory knows, while the service is away', async () => {
    const { state, brands } = setUp();
    state.away = true;
    expect(await brands.of(tenant)).toMatchObject({ name: tenant.name, branding: colors });
    state.away = false;
    await brands.of(tenant);
    state.away = true;
    state.at += 120_000;
    expect((await brands.of(tenant)).name).toBe('Loaded 2');
  });

  it('has a brand for a tenant of which the directory knows none', () => {
    expect(brandFromDirectory({ ...tenant, branding: null }).branding.primaryColor).toMatch(/^#/);
  });
});
