import { beforeEach, describe, expect, it } from '@jest/globals';
import { oneTabAtATime, type Tabs } from './tab-lock.js';

/** A lock that hands itself on in the order of asking, as the browser's does. */
class FakeLocks {
  private last: Promise<unknown> = Promise.resolve();

  request(_name: string, work: () => Promise<boolean>): Promise<boolean> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

describe(oneTabAtATime.name, () => {
  let clock: number;
  let renewals: number;
  let tabs: Tabs;

  beforeEach(() => {
    clock = 1_000;
    renewals = 0;
    const kept = new Map<string, string>();
    tabs = {
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
      },
      locks: new FakeLocks(),
      now: () => clock,
    };
  });

  const renew = async (): Promise<boolean> => {
    renewals++;
    clock += 50;
    return true;
  };

  it('renews once for two tabs that ask at the same time', async () => {
    const [one, other] = [oneTabAtATime(tabs), oneTabAtATime(tabs)];
    await expect(Promise.all([one(renew), other(renew)])).resolves.toEqual([true, true]);
    expect(renewals).toBe(1);
  });

  it('renews again for a tab that asks later', async () => {
    await oneTabAtATime(tabs)(renew);
    clock += 1;
    await oneTabAtATime(tabs)(renew);
    expect(renewals).toBe(2);
  });

  it('does not take another tab’s failure for its own', async () => {
    const failing = oneTabAtATime(tabs)(async () => false);
    const mine = oneTabAtATime(tabs)(renew);
    await expect(failing).resolves.toBe(false);
    await expect(mine).resolves.toBe(true);
  });

  it('renews by itself where there are no locks and no storage', async () => {
    const refused = () => {
      throw new Error('refused');
    };
    const alone = oneTabAtATime({
      ...tabs,
      locks: undefined,
      storage: { getItem: refused, setItem: refused },
    });
    await expect(alone(renew)).resolves.toBe(true);
  });
});
