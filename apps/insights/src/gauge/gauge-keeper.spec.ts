import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/kernel/testing';
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
