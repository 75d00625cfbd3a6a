import { describe, expect, it } from '@jest/globals';
import { expiryOf, nextLook } from './connection-care.js';

const DAY = 86_400_000;
const now = new Date('2026-03-01T00:00:00Z');
const certificate = (fingerprint: string, days: number) => ({
  ...{ fingerprint: fingerprint.repeat(64), subject: 'CN=idp', pem: '', notBefore: now.toISOString() },
  notAfter: new Date(now.getTime() + days * DAY).toISOString(),
});

describe(expiryOf.name, () => {
  it('warns at 60, 30, 7 and 1 days, and when it is over', () => {
    const steps = [90, 59, 31, 29, 6, 0.5, -1].map(
      (days) => expiryOf([certificate('a', days)], now)?.key.split(':')[1] ?? null,
    );
    expect(steps).toEqual([null, '60', '60', '30', '7', '1', '0']);
  });

  it('is quiet while a new certificate stands beside an old one', () => {
    expect(expiryOf([certificate('a', 3), certificate('b', 400)], now)).toBeNull();
    expect(expiryOf([], now)).toBeNull();
  });
});

describe(nextLook.name, () => {
  it('looks daily, sooner after a failure, and never more often than every hour', () => {
    const hours = (failures: number) => (nextLook(now, failures, 0.5).getTime() - now.getTime()) / 3_600_000;
    expect([0, 1, 2, 3, 5, 6, 40].map(hours)).toEqual([24, 1, 2, 4, 16, 24, 24]);
  });
});
