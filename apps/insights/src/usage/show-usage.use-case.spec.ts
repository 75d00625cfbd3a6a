import { describe, expect, it } from '@jest/globals';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aTenant } from '#libs/tenancy/testing';
import { FakeApiUsage } from '../dashboard/api-usage.fake.js';
import { ShowUsage } from './show-usage.use-case.js';
import { UsageDays, type UsageDay } from './usage-days.js';

class FakeUsageDays extends UsageDays {
  constructor(private readonly measured: readonly UsageDay[]) {
    super();
  }

  async measure(): Promise<void> {
    // Nothing is measured here.
  }

  async since(): Promise<readonly UsageDay[]> {
    return this.measured;
  }
}

const clock = new FixedClock(Date.UTC(2026, 2, 15, 12));
const within = <R>(work: () => R) => runInContext(aContext({ tenant: aTenant({ plan: 'starter' }) }), work);
const shown = (measured: readonly UsageDay[] = []) =>
  new ShowUsage(new FakeApiUsage(77), new FakeUsageDays(measured), new FakeEntitlements('starter'), clock);

describe(ShowUsage.name, () => {
  it('shows what is used next to the most that may be', async () => {
    const { plan, usages } = await within(() => shown().now());
    expect(plan).toBe('starter');
    expect(usages.map(({ limit, used, most }) => [limit, used, most])).toEqual([
      ['users', 0, 100],
      ['storageBytes', 0, 10 * 2 ** 30],
      ['requestsPerMonth', 77, 1_000_000],
    ]);
  });

  it('has a point for every day, with what was known by then', async () => {
    const measured = [{ day: '2026-03-14', people: 12, activePeople: 4, storageBytes: 5 }];
    const { days } = await within(() => shown(measured).history(7));
    expect(days).toHaveLength(7);
    expect(days.at(0)).toMatchObject({ day: '2026-03-09', people: null });
    expect(days.at(-1)).toEqual({
      day: '2026-03-15',
      requests: 77,
      people: 12,
      activePeople: 4,
      storageBytes: 5,
    });
  });
});
