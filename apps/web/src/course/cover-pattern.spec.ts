import { describe, expect, it } from '@jest/globals';
import { coverPattern } from './cover-pattern.js';

describe(coverPattern.name, () => {
  it('draws the same course alike every time, and two courses differently', () => {
    expect(coverPattern('course-a', 6, 3)).toEqual(coverPattern('course-a', 6, 3));
    expect(coverPattern('course-a', 6, 3)).not.toEqual(coverPattern('course-b', 6, 3));
  });

  it('always draws something, in well-formed paths', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { shapes } = coverPattern(String(seed), 6, 3);
      expect(shapes.length).toBeGreaterThan(8);
      for (const { path } of shapes) expect(path).toMatch(/^(?:[MLAhvaz]|[\d. -])+z$/);
    }
  });
});
