import { describe, expect, it } from '@jest/globals';
import { formatAgo, formatPercent } from './dates.js';
import { formatMinutes } from './minutes.js';

describe(formatAgo.name, () => {
  const now = new Date('2026-03-10T12:00:00Z');

  it.each([
    ['2026-03-10T11:59:40Z', 'now'],
    ['2026-03-10T11:57:00Z', '3 minutes ago'],
    ['2026-03-10T07:00:00Z', '5 hours ago'],
    ['2026-03-09T11:00:00Z', 'yesterday'],
    ['2026-03-14T13:00:00Z', 'in 4 days'],
    ['2025-01-01T12:00:00Z', 'last year'],
  ])('calls %s %j', (iso, words) => {
    expect(formatAgo(iso, now)).toBe(words);
  });
});

describe(formatPercent.name, () => {
  it('never rounds up to done', () => {
    expect([0, 0.375, 0.999, 1].map(formatPercent)).toEqual(['0%', '37%', '99%', '100%']);
  });
});

describe(formatMinutes.name, () => {
  it('speaks of hours where there are any', () => {
    expect([5, 60, 80].map(formatMinutes)).toEqual(['5 min', '1 h', '1 h 20 min']);
  });
});
