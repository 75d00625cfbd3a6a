import { describe, expect, it } from '@jest/globals';
import { shuffled } from './shuffle.js';

const things = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

describe(shuffled, () => {
  it('keeps everything', () => {
    expect(shuffled(things, 'x').toSorted()).toEqual(things);
  });

  it('gives the same order for the same seed and another one for another', () => {
    expect(shuffled(things, 'one')).toEqual(shuffled(things, 'one'));
    expect(shuffled(things, 'one')).not.toEqual(shuffled(things, 'two'));
  });

  it('favours no place', () => {
    const firsts = Array.from({ length: 800 }, (_, seed) => shuffled(things, String(seed))[0]);
    for (const thing of things) {
      const count = firsts.filter((first) => first === thing).length;
      expect(count).toBeGreaterThan(60);
      expect(count).toBeLessThan(145);
    }
  });
});
