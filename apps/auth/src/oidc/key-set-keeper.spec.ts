import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/kernel/testing';
import { KeySetKeeper } from './key-set-keeper.js';

describe(KeySetKeeper.name, () => {
  it('looks once for all who ask at once, and again only after a few seconds', async () => {
    const clock = new FixedClock();
    let looks = 0;
    const keeper = new KeySetKeeper(async () => {
      looks += 1;
      return { keys: [{ kty: 'RSA', kid: String(looks) }] };
    }, clock);
    expect(keeper.known).toBeNull();
    await Promise.all([keeper.fresh(), keeper.fresh(), keeper.fresh()]);
    await keeper.fresh();
    expect(looks).toBe(1);
    clock.advance(5_000);
    expect((await keeper.fresh()).keys[0]?.kid).toBe('2');
    expect(keeper.known?.keys[0]?.kid).toBe('2');
    clock.advance(300_000);
    expect(keeper.known).toBeNull();
  });

  it('tries again after a failure', async () => {
    let looks = 0;
    const keeper = new KeySetKeeper(async () => {
      looks += 1;
      if (looks === 1) throw new Error('away');
      return { keys: [] };
    }, new FixedClock());
    await expect(keeper.fresh()).rejects.toThrow('away');
    await expect(keeper.fresh()).resolves.toEqual({ keys: [] });
  });
});
