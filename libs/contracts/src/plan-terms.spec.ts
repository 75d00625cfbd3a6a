import { describe, expect, it } from '@jest/globals';
import { plans } from './role.js';
import { termsOf } from './plan-terms.js';

describe(termsOf.name, () => {
  it('gives each plan the resources that it was sold with', () => {
    expect(plans.map((plan) => termsOf(plan).resources)).toEqual([
      { cpu: '100m', memory: '256Mi', storage: '10Gi', bandwidth: '100GB' },
      { cpu: '500m', memory: '1Gi', storage: '100Gi', bandwidth: '1TB' },
      { cpu: '2000m', memory: '4Gi', storage: '1Ti', bandwidth: 'unlimited' },
    ]);
  });

  it('limits in bytes what the resources say in words', () => {
    expect(plans.map((plan) => termsOf(plan).limits.storageBytes)).toEqual([
      2 ** 30 * 10,
      2 ** 30 * 100,
      2 ** 40,
    ]);
    expect(plans.map((plan) => termsOf(plan).limits.bandwidthBytes)).toEqual([1e11, 1e12, null]);
    expect(plans.map((plan) => termsOf(plan).limits.users)).toEqual([100, 1_000, null]);
  });

  it('never takes away with a dearer plan', () => {
    for (const [cheaper, dearer] of [
      ['starter', 'growth'],
      ['growth', 'enterprise'],
    ] as const) {
      const [less, more] = [termsOf(cheaper), termsOf(dearer)];
      for (const [limit, most] of Object.entries(less.limits)) {
        expect(more.limits[limit as keyof typeof more.limits] ?? Infinity).toBeGreaterThanOrEqual(
          most ?? Infinity,
        );
      }
      for (const [feature, isGranted] of Object.entries(less.features)) {
        expect(Number(more.features[feature as keyof typeof more.features])).toBeGreaterThanOrEqual(
          Number(isGranted),
        );
      }
    }
  });
});
