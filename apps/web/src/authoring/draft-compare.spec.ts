import { describe, expect, it } from '@jest/globals';
import { same } from './draft-compare.js';

describe(same.name, () => {
  it('does not mind the order of members', () => {
    expect(same({ a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 })).toBe(true);
  });

  it.each([
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: 1 }, { a: '1' }],
    [undefined, { a: 1 }],
    [null, undefined],
  ])('tells %j from %j', (one, other) => {
    expect(same(one, other)).toBe(false);
  });
});
