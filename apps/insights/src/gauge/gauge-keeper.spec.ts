import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/kernel/testing';
import { currentTenant } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import { FakeGaugeRepository } from './gauge.fake-repository.js';
import { GaugeKeeper } from './gauge-keeper.js';

function aKeeper() {
  const repository = new FakeGaugeRepository();
  const keeper = new GaugeKeeper(
    repository,
    async (id) => (id === 'gone' ? null : aTenant({ id })),
    new FixedClock(),
  );
  return { repository, keeper };
}

describe(GaugeKeeper.name, () => {
  it('measures a tenant once, however often it was touched', async () => {
    const { repository, keeper } = aKeeper();
    for (const tenantId of ['a', 'b', 'a']) keeper.touch(tenantId);
    await keeper.measureTouched();
    await keeper.measureTouched();
    expect(repository.measured).toEqual(['a', 'b']);
  });

  it('tells how the measured tenants are, and tells again what was not heard', async () => {
    const heard: string[][] = [];
    let isDeaf = true;
    const pulses = {
      measure: async () => ({
        ...{ tenantId: currentTenant().id, activeUsers: 1, storageBytes: 2, lastActiveAt: null },
        ...{ health: 'healthy' as const, issues: [], measuredAt: '2026-01-15T09:00:00.000Z' },
      }),
      send: async (told: readonly { readonly tenantId: string }[]) => {
        if (isDeaf) throw new Error('away');
        heard.push(told.map(({ tenantId }) => tenantId));
      },
    };
    const keeper = new GaugeKeeper(
      new FakeGaugeRepository(),
      async (id) => aTenant({ id }),
      new FixedClock(),
      pulses,
    );
    for (const tenantId of ['a', 'b']) keeper.touch(tenantId);
    await expect(keeper.measureTouched()).rejects.toThrow('away');
    isDeaf = false;
    await keeper.measureTouched();
    await keeper.measureTouched();
    expect(heard).toEqual([['a', 'b']]);
  });

  it('measures again what was not measured today', async () => {
    const { repository, keeper } = aKeeper();
    repository.stale = ['old'];
    await keeper.touchOutdated();
    await keeper.measureTouched();
    expect(repository.measured).toEqual(['old']);
  });

  it('goes on with the others when one fails, and tries that one again', async () => {
    const { repository, keeper } = aKeeper();
    const measure = repository.measure.bind(repository);
    let isFirst = true;
    repository.measure = async () => {
      if (isFirst) {
        isFirst = false;
        throw new Error('busy');
      }
      await measure();
    };
    for (const tenantId of ['a', 'gone', 'b']) keeper.touch(tenantId);
    await expect(keeper.measureTouched()).rejects.toThrow('busy');
    await keeper.measureTouched();
    expect(repository.measured).toEqual(['b', 'a']);
  });
});
