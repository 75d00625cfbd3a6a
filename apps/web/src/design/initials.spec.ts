import { describe, expect, it } from '@jest/globals';
import { initialsOf } from './initials.js';

describe(initialsOf.name, () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['  Anna Maria van  Dam ', 'AD'],
    ['Cher', 'C'],
    ['émile zola', 'ÉZ'],
    ['𝒜da 😀', '𝒜😀'],
    ['', ''],
  ])('shortens %j to %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
