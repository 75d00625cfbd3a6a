import { beforeEach, describe, expect, it } from '@jest/globals';
import { REVOKED_SESSIONS_KEPT } from '#libs/contracts/auth';
import { Revocations } from './revocations.js';

describe(Revocations.name, () => {
  const clock = { at: 1_800_000_000_000 };
  let asked: number[];
  let ended: Map<string, number>;
  let away: boolean;
  let failures: unknown[];
  let revocations: Revocations;

  beforeEach(() => {
    [asked, failures] = [[], []];
    ended = new Map();
    away = false;
    revocations = new Revocations({
      store: {
        zrangebyscore: async (_key, min) => {
          asked.push(min);
          if (away) throw new Error('away');
          return [...ended].filter(([, at]) => at >= min).map(([sessionId]) => sessionId);
        },
      },
      storeFailed: (error) => failures.push(error),
      now: () => clock.at,
    });
  });

  it('knows from the first question on what ended while its tokens may still hold', async () => {
    ended.set('ended', clock.at - (REVOKED_SESSIONS_KEPT - 1) * 1000);
    expect(await revocations.isRevoked('ended')).toBe(true);
    expect(await revocations.isRevoked('other')).toBe(false);
    expect(asked).toHaveLength(1);
  });

  it('asks once for many, and reads on from where it was', async () => {
    await Promise.all([revocations.isRevoked('a'), revocations.isRevoked('b'), revocations.look()]);
    expect(asked).toHaveLength(1);
    clock.at += 2_000;
    ended.set('a', clock.at - 59_000);
    await revocations.look();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toBeGreaterThan(clock.at - 120_000);
    expect(await revocations.isRevoked('a')).toBe(true);
  });

  it('misses nothing that ended while Redis was away', async () => {
    await revocations.look();
    away = true;
    const end = clock.at;
    ended.set('a', end);
    clock.at += 10 * 60_000;
    await revocations.look();
    expect([await revocations.isRevoked('a'), failures.length]).toEqual([false, 1]);
    away = false;
    await revocations.look();
    expect(await revocations.isRevoked('a')).toBe(true);
  });
});
