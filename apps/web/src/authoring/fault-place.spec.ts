import { describe, expect, it } from '@jest/globals';
import type { CourseContent } from '#libs/contracts/courses';
import { newLesson } from './draft-edits.js';
import { faultPlace } from './fault-place.js';

const content: CourseContent = {
  title: 'Course',
  summary: '',
  language: 'en',
  estimatedMinutes: 0,
  certificate: true,
  tags: [],
  cover: null,
  modules: [{ id: 'm', title: 'Basics', lessons: [newLesson('quiz', 'q', () => 'id')] }],
};

describe(faultPlace.name, () => {
  it.each([
    ['/content/title', { path: [], partId: null, question: null }],
    ['/content/modules', { path: [], partId: null, question: null }],
    ['/content/modules/0/title', { path: ['Basics'], partId: 'm', question: null }],
    ['/content/modules/0/lessons/0/passMark', { path: ['Basics', null], partId: 'q', question: null }],
    ['/content/modules/0/lessons/0/questions/2/prompt', { path: ['Basics', null], partId: 'q', question: 3 }],
    ['/content/modules/7/lessons/0', { path: [], partId: null, question: null }],
  ])('finds %s', (pointer, place) => {
    expect(faultPlace(content, pointer)).toEqual(place);
  });
});
