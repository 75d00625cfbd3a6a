import { describe, expect, it } from '@jest/globals';
import type { CourseContent, Lesson } from '#libs/contracts/courses';
import { differences, frameDiffers, same } from './draft-compare.js';

const lesson = (id: string, markdown: string): Lesson => ({
  id,
  title: id,
  minutes: 0,
  kind: 'article',
  markdown,
});

const draft = (lessons: Lesson[], summary = ''): CourseContent => ({
  title: 'Course',
  summary,
  language: 'en',
  estimatedMinutes: 0,
  certificate: true,
  tags: [],
  cover: null,
  modules: [{ id: 'm', title: 'One', lessons }],
});

describe(differences.name, () => {
  it('names each lesson that the two do not share', () => {
    const mine = draft([lesson('a', 'mine'), lesson('b', 'same'), lesson('c', '')]);
    const theirs = draft([lesson('a', 'theirs'), lesson('b', 'same'), lesson('d', '')]);
    expect(differences(mine, theirs)).toEqual([
      { title: 'a', kind: 'differs' },
      { title: 'c', kind: 'only_mine' },
      { title: 'd', kind: 'only_theirs' },
    ]);
  });
});

describe(frameDiffers.name, () => {
  it('sees other details and another order, but not the words of a lesson', () => {
    const mine = draft([lesson('a', 'x'), lesson('b', '')]);
    expect(frameDiffers(mine, draft([lesson('a', 'y'), lesson('b', '')]))).toBe(false);
    expect(frameDiffers(mine, draft([lesson('b', ''), lesson('a', 'x')]))).toBe(true);
    expect(frameDiffers(mine, draft([lesson('a', 'x'), lesson('b', '')], 'other'))).toBe(true);
  });
});

describe(same.name, () => {
  it('minds the order of lists, not of members', () => {
    expect(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(same({ b: [1, 2] }, { b: [2, 1] })).toBe(false);
  });
});
