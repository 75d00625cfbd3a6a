import { describe, expect, it } from '@jest/globals';
import { advanced, type LessonProgress } from './lesson-progress.js';

const now = new Date('2026-01-15T09:00:00Z');
const later = new Date('2026-01-15T10:00:00Z');
const started: LessonProgress = {
  ...{ lessonId: 'l', state: 'started', positionSeconds: 100 },
  ...{ startedAt: now, completedAt: null },
};
const completed: LessonProgress = { ...started, state: 'completed', completedAt: now };

describe(advanced, () => {
  it('starts a lesson that was never opened', () => {
    expect(advanced(null, 'l', { state: 'started', rewind: false }, now)).toEqual({
      hasStarted: true,
      hasCompleted: false,
      next: { ...started, positionSeconds: 0 },
    });
  });

  it('starts and completes at once what is completed first', () => {
    const change = advanced(null, 'l', { state: 'completed', rewind: false }, now);
    expect(change).toMatchObject({ hasStarted: true, hasCompleted: true, next: { completedAt: now } });
  });

  it('never takes a completion back', () => {
    const change = advanced(completed, 'l', { state: 'started', rewind: false }, later);
    expect(change).toEqual({ hasStarted: false, hasCompleted: false, next: completed });
  });

  it('completes only once', () => {
    const change = advanced(completed, 'l', { state: 'completed', rewind: false }, later);
    expect(change.hasCompleted).toBe(false);
    expect(change.next.completedAt).toBe(now);
  });

  it('ignores an earlier position that comes late, unless the learner went back', () => {
    const to = (positionSeconds: number, rewind: boolean) =>
      advanced(started, 'l', { state: 'started', positionSeconds, rewind }, later).next.positionSeconds;
    expect(to(60, false)).toBe(100);
    expect(to(160, false)).toBe(160);
    expect(to(60, true)).toBe(60);
  });
});
