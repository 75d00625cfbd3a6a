import { describe, expect, it } from '@jest/globals';
import { BudgetStore, type Draw, type Drawn } from './budget-store.js';
import { WindowLimiter } from './window-limiter.js';

class FakeStore extends BudgetStore {
  readonly used = new Map<string, number>();
  draws = 0;
  away = false;

  async draw({ key, window, wanted, limit }: Draw): Promise<Drawn> {
    this.draws += 1;
    if (this.away) throw new Error('away');
    const place = `${key}:${window}`;
    const left = limit - (this.used.get(place) ?? 0);
    if (left <= 0) return { granted: 0, left: 0 };
    const granted = Math.min(wanted, Math.max(1, Math.floor(left / 4)));
    this.used.set(place, limit - left + granted);
    return { granted, left: left - granted };
  }
}

const setUp = (options: { replicas?: number } = {}) => {
  const store = new FakeStore();
  const clock = { at: 0 };
  const failures: unknown[] = [];
  const limiter = () =>
    new WindowLimiter({
      store,
      now: () => clock.at,
      storeFailed: (error) => failures.push(error),
      ...options,
    });
  return { store, clock, failures, limiter };
};
const spend = async (limiter: WindowLimiter, times: number, limit: number, key = 'a'): Promise<number> => {
  let allowed = 0;
  for (let index = 0; index < times; index += 1) if ((await limiter.take(key, limit)).allowed) allowed += 1;
  return allowed;
};

describe(WindowLimiter.name, () => {
  it('lets exactly the limit pass in one window', async () => {
    const limiter = setUp().limiter();
    expect(await spend(limiter, 500, 300)).toBe(300);
  });

  it('lets exactly the limit pass when all come at once', async () => {
    const limiter = setUp().limiter();
    const verdicts = await Promise.all(Array.from({ length: 500 }, async () => limiter.take('a', 300)));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(300);
  });

  it('shares one limit between replicas', async () => {
    const { limiter } = setUp();
    const [one, two] = [limiter(), limiter()];
    let allowed = 0;
    for (let index = 0; index < 300; index += 1) {
      allowed += (await spend(one, 1, 200)) + (await spend(two, 1, 200));
    }
    expect(allowed).toBe(200);
  });

  it('asks the store once for many requests', async () => {
    const { store, limiter } = setUp();
    await spend(limiter(), 5_000, 60_000);
    expect(store.draws).toBeLessThanOrEqual(52);
  });

  it('asks nobody any more once the budget is spent', async () => {
    const { store, limiter } = setUp();
    const one = limiter();
    await spend(one, 100, 60);
    const before = store.draws;
    expect(await spend(one, 1_000, 60)).toBe(0);
    expect(store.draws).toBe(before);
  });

  it('starts afresh with the next window', async () => {
    const { clock, limiter } = setUp();
    const one = limiter();
    await spend(one, 100, 60);
    clock.at += 60_000;
    expect(await spend(one, 100, 60)).toBe(60);
  });

  it('keeps the budgets of different keys apart', async () => {
    const limiter = setUp().limiter();
    expect(await spend(limiter, 100, 60, 'a')).toBe(60);
    expect(await spend(limiter, 100, 60, 'b')).toBe(60);
  });

  it('tells what remains and when it is whole again', async () => {
    const { clock, limiter } = setUp();
    const one = limiter();
    const first = await one.take('a', 100);
    expect(first).toMatchObject({ allowed: true, limit: 100, remaining: 99 });
    expect(first.resetSeconds).toBeGreaterThan(0);
    expect(first.resetSeconds).toBeLessThanOrEqual(60);
    await spend(one, 200, 100);
    const refused = await one.take('a', 100);
    expect(refused).toMatchObject({ allowed: false, remaining: 0 });
    clock.at += refused.resetSeconds * 1000;
    expect((await one.take('a', 100)).allowed).toBe(true);
  });

  it('grants its own share of the limit while the store is away', async () => {
    const { store, failures, limiter } = setUp({ replicas: 3 });
    store.away = true;
    expect(await spend(limiter(), 500, 300)).toBe(100);
    expect(failures).toHaveLength(1);
  });

  it('does not grant twice what was spent before the store went away', async () => {
    const { store, limiter } = setUp();
    const one = limiter();
    const before = await spend(one, 50, 100);
    store.away = true;
    expect(before + (await spend(one, 500, 100))).toBe(100);
  });

  it('leaves a store alone for a moment after a failure, then returns to it', async () => {
    const { store, clock, limiter } = setUp();
    const one = limiter();
    store.away = true;
    await one.take('a', 100);
    const asked = store.draws;
    await one.take('b', 100);
    expect(store.draws).toBe(asked);
    store.away = false;
    clock.at += 60_000;
    await one.take('a', 100);
    expect(store.draws).toBe(asked + 1);
  });
});
