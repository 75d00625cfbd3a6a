import { describe, expect, it } from '@jest/globals';
import { daysUpTo, filled } from './usage-days.js';

describe(daysUpTo.name, () => {
  it('ends today and crosses months', () => {
    expect(daysUpTo(new Date('2026-03-02T23:00:00Z'), 3)).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
  });
});

describe(filled.name, () => {
  const measured = (day: string, people: number) => ({ day, people, activePeople: 0, storageBytes: 0 });

  it('keeps what was measured last, and knows nothing before the first measure', () => {
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'];
    const known = filled(days, [measured('2026-03-04', 9), measured('2026-03-02', 5)]);
    expect(known.map((day) => day?.people ?? null)).toEqual([null, 5, 5, 9]);
  });

  it('begins with what was measured before the first day', () => {
    expect(filled(['2026-03-01'], [measured('2026-01-01', 3)])[0]?.people).toBe(3);
  });
});
