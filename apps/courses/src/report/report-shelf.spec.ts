import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { FakeTenantCache } from '#libs/cache/testing';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aTenant } from '#libs/tenancy/testing';
import { ReportShelf } from './report-shelf.js';

describe(ReportShelf.name, () => {
  const aShelf = (tookMs: number) => {
    const clock = new FixedClock();
    const shelf = new ReportShelf(new FakeTenantCache(), clock);
    const tenant = aTenant();
    let runs = 0;
    const take = (of = tenant) =>
      runInContext(aContext({ tenant: of }), () =>
        shelf.take('courses', async () => {
          runs += 1;
          clock.advance(tookMs);
          return { run: runs };
        }),
      );
    return { clock, take };
  };

  it('works out each time what is quick', async () => {
    const { take } = aShelf(10);
    expect([(await take()).run, (await take()).run]).toEqual([1, 2]);
  });

  it('gives what was slow at once, and renews it behind the reader’s back', async () => {
    const { clock, take } = aShelf(2_000);
    const first = await take();
    expect(await take()).toEqual(first);
    clock.advance(90_000);
    expect(await take()).toEqual(first);
    await turn();
    expect((await take()).run).toBe(2);
  });

  it('keeps each tenant’s own', async () => {
    const { take } = aShelf(2_000);
    await take();
    expect((await take(aTenant({ slug: 'other' }))).run).toBe(2);
  });
});
