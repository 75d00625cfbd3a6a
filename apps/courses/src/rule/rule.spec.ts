import { describe, expect, it } from '@jest/globals';
import { dueOf } from './rule.js';

describe(dueOf, () => {
  const assigned = new Date('2026-03-10T15:00:00Z');
  const joined = new Date('2026-03-01T09:00:00Z');

  it('is nothing, or a date, as it is written', () => {
    expect(dueOf({ kind: 'none' }, joined, assigned)).toBeNull();
    const at = '2026-12-31T22:59:59Z';
    expect(dueOf({ kind: 'date', at }, joined, assigned)).toEqual(new Date(at));
  });

  it('counts days from the assignment or the joining to the end of the day', () => {
    expect(dueOf({ kind: 'after_assignment', days: 14 }, joined, assigned)?.toISOString()).toBe(
      '2026-03-24T23:59:59.000Z',
    );
    expect(dueOf({ kind: 'after_joining', days: 14 }, joined, assigned)?.toISOString()).toBe(
      '2026-03-15T23:59:59.000Z',
    );
  });

  it('gives who joined long ago as many days from the assignment', () => {
    const longAgo = new Date('2019-03-01T09:00:00Z');
    expect(dueOf({ kind: 'after_joining', days: 14 }, longAgo, assigned)?.toISOString()).toBe(
      '2026-03-24T23:59:59.000Z',
    );
    expect(dueOf({ kind: 'after_joining', days: 14 }, null, assigned)?.toISOString()).toBe(
      '2026-03-24T23:59:59.000Z',
    );
  });
});
