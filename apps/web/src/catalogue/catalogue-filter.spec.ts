import { describe, expect, it } from '@jest/globals';
import { filterOf, isNarrowed, questionOf } from './catalogue-filter.js';

describe(filterOf.name, () => {
  it('takes from the address what it knows and leaves the rest', () => {
    expect(filterOf({ q: 'fire', tag: 'safety', length: 'short', state: 'new', more: 1 })).toEqual({
      q: 'fire',
      tag: 'safety',
      length: 'short',
      state: 'new',
    });
    expect(filterOf({ q: '', length: 'endless', state: 7 })).toEqual({});
    expect(isNarrowed(filterOf({ q: '' }))).toBe(false);
  });
});

describe(questionOf.name, () => {
  it('asks for a length in minutes, each course in one of them', () => {
    expect(questionOf({ q: 'x', length: 'short' })).toEqual({ q: 'x', maxMinutes: 30 });
    expect(questionOf({ length: 'medium' })).toEqual({ minMinutes: 31, maxMinutes: 120 });
    expect(questionOf({ length: 'long' })).toEqual({ minMinutes: 121 });
  });
});
