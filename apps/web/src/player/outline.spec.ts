import { describe, expect, it } from '@jest/globals';
import type { CourseOutline, CourseProgress } from '#libs/contracts/courses';
import { entryLesson, lessonAfter, placeOf, withLesson } from './outline.js';

const progress: CourseProgress = {
  status: 'in_progress',
  progress: 0.25,
  lessonsCompleted: 1,
  lessonsTotal: 4,
  nextLessonId: 'b',
  certificateId: null,
};

const lesson = (id: string) => ({
  id,
  title: id,
  kind: 'article' as const,
  minutes: 1,
  state: 'not_started' as const,
});

const outline: CourseOutline = {
  enrolmentId: 'e',
  courseId: 'c',
  version: 1,
  userId: 'u',
  source: 'self',
  dueAt: null,
  enrolledAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  completedAt: null,
  title: 'Course',
  summary: '',
  language: 'en',
  coverUrl: null,
  ...progress,
  modules: [
    { id: 'm1', title: 'One', lessons: [lesson('a'), lesson('b')] },
    { id: 'm2', title: 'Two', lessons: [lesson('c'), lesson('d')] },
  ],
};

describe(placeOf.name, () => {
  it('finds the neighbours across modules', () => {
    expect(placeOf(outline, 'c')).toMatchObject({
      number: 3,
      total: 4,
      previous: { id: 'b' },
      next: { id: 'd' },
    });
    expect(placeOf(outline, 'a')).toMatchObject({ previous: null });
    expect(placeOf(outline, 'd')).toMatchObject({ next: null });
  });

  it('knows no lesson of another course', () => {
    expect(placeOf(outline, 'x')).toBeNull();
  });
});

describe(entryLesson.name, () => {
  it('resumes at the first open lesson, and opens a finished course at its beginning', () => {
    expect(entryLesson(outline)).toBe('b');
    expect(entryLesson({ ...outline, nextLessonId: null })).toBe('a');
    expect(entryLesson({ ...outline, nextLessonId: null, modules: [] })).toBeNull();
  });
});

describe(lessonAfter.name, () => {
  it('goes on in order, back to what was left out at the end, and nowhere when all is done', () => {
    expect(lessonAfter(outline, 'b', progress)).toBe('c');
    expect(lessonAfter(outline, 'd', { ...progress, nextLessonId: 'a' })).toBe('a');
    expect(lessonAfter(outline, 'b', { ...progress, status: 'completed' })).toBeNull();
  });
});

describe(withLesson.name, () => {
  it('changes one lesson and the sum, and leaves the rest as it was', () => {
    const next = withLesson(outline, 'b', 'completed', { ...progress, lessonsCompleted: 2 });
    expect(next.lessonsCompleted).toBe(2);
    expect(next.modules[0]?.lessons.map(({ state }) => state)).toEqual(['not_started', 'completed']);
    expect(next.modules[1]).toEqual(outline.modules[1]);
    expect(outline.modules[0]?.lessons[1]?.state).toBe('not_started');
  });
});
