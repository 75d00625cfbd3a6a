import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatAgo, formatMoment, formatZonedMoment } from './dates.js';
import { formatMinutes } from './minutes.js';
import { formatBytes, formatNumber, formatPercent } from './numbers.js';
import { speak } from './speech.js';
import { showTimesIn } from './time-zone.js';

beforeAll(() => speak('en', ['en-GB']));
afterAll(() => {
  showTimesIn(null);
});

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

describe(formatMoment.name, () => {
  it('shows the time of the reader, by the habits of the region', () => {
    showTimesIn('Asia/Dubai');
    expect(formatMoment('2026-03-10T21:30:00Z')).toBe('11 Mar 2026, 01:30');
    showTimesIn('America/New_York');
    expect(formatMoment('2026-03-10T21:30:00Z')).toBe('10 Mar 2026, 17:30');
    expect(formatZonedMoment('2026-03-10T21:30:07Z')).toContain(':30:07');
  });

  it('stays with the zone of the browser where the other is unknown', () => {
    showTimesIn('Mars/Olympus_Mons');
    expect(() => formatMoment('2026-03-10T21:30:00Z')).not.toThrow();
  });
});

describe(formatPercent.name, () => {
  it('never rounds up to done', () => {
    expect([0, 0.375, 0.999, 1].map(formatPercent)).toEqual(['0%', '37%', '99%', '100%']);
  });
});

describe(formatBytes.name, () => {
  it('picks the unit that is read easily', () => {
    expect([0, 999, 1_500, 3_500_000, 2e15].map(formatBytes)).toEqual([
      '0\u00a0bytes',
      '999\u00a0bytes',
      '1.5\u00a0kB',
      '3.5\u00a0MB',
      '2,000\u00a0TB',
    ]);
  });
});

describe(formatMinutes.name, () => {
  it('speaks of hours where there are any', () => {
    expect([5, 60, 80].map(formatMinutes)).toEqual(['5 min', '1 h', '1 h 20 min']);
  });
});

describe(formatNumber.name, () => {
  it('changes with the language', async () => {
    await speak('de');
    expect(formatNumber(1234.5)).toBe('1.234,5');
    await speak('ar', ['ar-EG']);
    expect(formatNumber(1234)).toBe('1,234');
    await speak('en');
  });
});
