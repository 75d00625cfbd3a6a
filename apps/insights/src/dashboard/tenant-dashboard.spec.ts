import { describe, expect, it } from '@jest/globals';
import { activeSince, healthOf } from './tenant-dashboard.js';

const seats = (used: number, most: number | null = 100) => ({ what: 'Seats', used, most });

describe(healthOf.name, () => {
  it.each([
    [0, 'healthy'],
    [79, 'healthy'],
    [80, 'warning'],
    [99, 'warning'],
    [100, 'critical'],
    [130, 'critical'],
  ] as const)('calls %i of 100 seats %s', (used, status) => {
    expect(healthOf([seats(used)]).status).toBe(status);
  });

  it('names what is short, the fullest first, and nothing else', () => {
    const { status, issues } = healthOf([
      seats(85),
      { what: 'Storage', used: 5, most: 10 },
      { what: 'API requests', used: 12, most: 10 },
    ]);
    expect(status).toBe('critical');
    expect(issues).toEqual(['API requests: 120 % of the plan is used', 'Seats: 85 % of the plan is used']);
  });

  it('finds nothing wrong where the plan sets no limit', () => {
    expect(healthOf([seats(1_000_000, null)])).toEqual({ status: 'healthy', issues: [] });
  });

  it('finds any use of what the plan does not give critical', () => {
    expect(healthOf([seats(0, 0)]).status).toBe('healthy');
    expect(healthOf([seats(1, 0)]).status).toBe('critical');
  });
});

describe(activeSince.name, () => {
  it('counts today as the last of thirty days', () => {
    expect(activeSince(new Date('2026-03-01T23:59:00Z'))).toBe('2026-01-31');
  });
});
