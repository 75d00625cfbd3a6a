import { describe, expect, it } from '@jest/globals';
import { tagsOf } from './tags.js';

describe(tagsOf.name, () => {
  it('splits at commas and drops what is empty or said twice', () => {
    expect(tagsOf(' Safety, at  work,,safety, Yearly ,')).toEqual(['Safety', 'at work', 'Yearly']);
  });

  it('keeps within what the API takes', () => {
    const many = tagsOf(Array.from({ length: 30 }, (_, index) => `tag ${index} ${'x'.repeat(60)}`).join(','));
    expect(many).toHaveLength(20);
    expect(Math.max(...many.map((tag) => tag.length))).toBe(40);
  });
});
