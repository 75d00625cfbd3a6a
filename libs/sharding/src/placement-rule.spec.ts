import { describe, expect, it } from '@jest/globals';
import { placeTenant, rendezvous, tierOf } from './placement-rule.js';

const tenants = Array.from(
  { length: 4_000 },
  (_, index) => `0192f0c1-2f5e-7abc-8def-${String(index).padStart(12, '0')}`,
);
const pool = (size: number) => Array.from({ length: size }, (_, index) => `small-${index + 1}`);

describe(tierOf.name, () => {
  it.each([
    [0, 'small'],
    [100, 'small'],
    [101, 'medium'],
    [1_000, 'medium'],
    [1_001, 'dedicated'],
    [250_000, 'dedicated'],
  ] as const)('puts a new tenant of %i users into the tier %s', (size, tier) => {
    expect(tierOf(size)).toBe(tier);
  });

  it('raises a tenant as soon as it outgrows its tier', () => {
    expect(tierOf(101, 'small')).toBe('medium');
    expect(tierOf(1_001, 'small')).toBe('dedicated');
    expect(tierOf(1_001, 'medium')).toBe('dedicated');
  });

  it('lowers a tenant only once it is well below the boundary, so that none moves to and fro', () => {
    expect(tierOf(100, 'medium')).toBe('medium');
    expect(tierOf(81, 'medium')).toBe('medium');
    expect(tierOf(80, 'medium')).toBe('small');
    expect(tierOf(801, 'dedicated')).toBe('dedicated');
    expect(tierOf(800, 'dedicated')).toBe('medium');
    expect(tierOf(80, 'dedicated')).toBe('small');
    expect(tierOf(90, 'dedicated')).toBe('medium');
  });

  it('takes its thresholds as configuration', () => {
    expect(tierOf(11, undefined, { small: 10, medium: 20, hysteresis: 0 })).toBe('medium');
    expect(tierOf(10, 'medium', { small: 10, medium: 20, hysteresis: 0 })).toBe('small');
  });
});

describe(rendezvous.name, () => {
  it('answers the same on every machine and after every restart', () => {
    // Fixed once; a change of the hash would move every tenant.
    const [first, second, third] = tenants;
    expect([first, second, third].map((tenant) => rendezvous(tenant ?? '', pool(5)))).toMatchInlineSnapshot(`
     [
       "small-4",
       "small-4",
       "small-4",
     ]
    `);
  });

  it('does not depend on the order in which shards are listed', () => {
    const reversed = pool(7).reverse();
    for (const tenant of tenants.slice(0, 200)) {
      expect(rendezvous(tenant, reversed)).toBe(rendezvous(tenant, pool(7)));
    }
  });

  it('spreads tenants evenly', () => {
    const counts = new Map<string, number>();
    for (const tenant of tenants) {
      const shard = rendezvous(tenant, pool(8)) ?? '';
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    expect(counts.size).toBe(8);
    for (const count of counts.values()) {
      expect(count).toBeGreaterThan(500 * 0.8);
      expect(count).toBeLessThan(500 * 1.2);
    }
  });

  it.each([1, 2, 5, 10, 49])(
    'moves tenants only to a shard that joins a pool of %i, and only its share',
    (size) => {
      const joined = [...pool(size), 'joiner'];
      const moved = tenants.filter((tenant) => rendezvous(tenant, joined) !== rendezvous(tenant, pool(size)));
      for (const tenant of moved) expect(rendezvous(tenant, joined)).toBe('joiner');
      const share = tenants.length / (size + 1);
      expect(moved.length).toBeGreaterThan(share * 0.6);
      expect(moved.length).toBeLessThan(share * 1.4);
    },
  );

  it('moves only the tenants of a shard that leaves', () => {
    const left = pool(6).filter((shard) => shard !== 'small-3');
    for (const tenant of tenants) {
      const before = rendezvous(tenant, pool(6));
      if (before !== 'small-3') expect(rendezvous(tenant, left)).toBe(before);
    }
  });

  it('finds nothing in an empty pool', () => {
    expect(rendezvous('any', [])).toBeUndefined();
  });
});

describe(placeTenant.name, () => {
  const shards = [
    { name: 'small-1', tier: 'small', state: 'closed' },
    { name: 'small-2', tier: 'small', state: 'open' },
    { name: 'small-3', tier: 'small', state: 'draining' },
    { name: 'medium-1', tier: 'medium', state: 'open' },
  ] as const;

  it('takes only open shards of the tier', () => {
    for (const tenant of tenants.slice(0, 50)) expect(placeTenant(tenant, 'small', shards)).toBe('small-2');
    expect(placeTenant('any', 'medium', shards)).toBe('medium-1');
    expect(placeTenant('any', 'dedicated', shards)).toBeUndefined();
  });
});
