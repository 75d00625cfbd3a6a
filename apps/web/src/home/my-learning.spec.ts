import { describe, expect, it } from '@jest/globals';
import type { MyCourse } from '#libs/contracts/courses';
import { agendaOf, dueState, myLearning, partOfDay } from './my-learning.js';

function course(title: string, changes: Partial<MyCourse>): MyCourse {
  return {
    enrolmentId: title,
    courseId: title,
    title,
    summary: '',
    coverUrl: null,
    status: 'not_started',
    progress: 0,
    lessonsCompleted: 0,
    lessonsTotal: 4,
    nextLessonId: null,
    certificateId: null,
    source: 'self',
    estimatedMinutes: 30,
    lastActiveAt: null,
    enrolledAt: '2026-01-01T00:00:00Z',
    dueAt: null,
    startedAt: null,
    completedAt: null,
    ...changes,
  };
}

const titles = (courses: readonly MyCourse[]): string[] => courses.map(({ title }) => title);

describe(myLearning.name, () => {
  it('goes on with what was begun last, then with what is due first', () => {
    const found = myLearning([
      course('due late', { dueAt: '2026-05-01T00:00:00Z' }),
      course('begun first', { status: 'in_progress', startedAt: '2026-01-01T00:00:00Z' }),
      course('no date', {}),
      course('begun last', { status: 'in_progress', startedAt: '2026-02-01T00:00:00Z' }),
      course('due soon', { dueAt: '2026-03-01T00:00:00Z' }),
    ]);
    expect(found.next?.title).toBe('begun last');
    expect(titles(found.current)).toEqual(['begun last', 'begun first', 'due soon', 'due late', 'no date']);
  });

  it('goes on where one learned last, not with what was begun last', () => {
    const found = myLearning([
      course('begun last', { status: 'in_progress', startedAt: '2026-02-01T00:00:00Z' }),
      course('learned last', {
        status: 'in_progress',
        startedAt: '2026-01-01T00:00:00Z',
        lastActiveAt: '2026-03-01T00:00:00Z',
      }),
    ]);
    expect(found.next?.title).toBe('learned last');
  });

  it('keeps completed courses apart, the newest first, and hides what was left', () => {
    const found = myLearning([
      course('old', { status: 'completed', completedAt: '2025-01-01T00:00:00Z' }),
      course('left', { status: 'withdrawn' }),
      course('new', { status: 'completed', completedAt: '2026-01-01T00:00:00Z' }),
    ]);
    expect(found.next).toBeNull();
    expect(titles(found.completed)).toEqual(['new', 'old']);
  });
});

describe(agendaOf.name, () => {
  it('shows every other course once: what is due, what was assigned, what was chosen', () => {
    const now = new Date('2026-03-10T00:00:00Z');
    const learning = myLearning([
      course('next', { status: 'in_progress', startedAt: '2026-03-01T00:00:00Z' }),
      course('due in a week', { dueAt: '2026-03-17T00:00:00Z' }),
      course('overdue', { dueAt: '2026-03-01T00:00:00Z', source: 'assigned' }),
      course('assigned for summer', { dueAt: '2026-06-01T00:00:00Z', source: 'rule' }),
      course('chosen', {}),
    ]);
    const { dueSoon, assigned, others } = agendaOf(learning, now);
    expect([dueSoon, assigned, others].map(titles)).toEqual([
      ['overdue', 'due in a week'],
      ['assigned for summer'],
      ['chosen'],
    ]);
  });
});

describe(dueState.name, () => {
  it.each([
    ['2026-03-09T00:00:00Z', 'overdue'],
    ['2026-03-12T00:00:00Z', 'soon'],
    ['2026-04-12T00:00:00Z', 'later'],
  ])('calls %s %s on 10 March', (dueAt, state) => {
    expect(dueState(dueAt, new Date('2026-03-10T00:00:00Z'))).toBe(state);
  });
});

describe(partOfDay.name, () => {
  it.each([
    [3, 'evening'],
    [8, 'morning'],
    [12, 'afternoon'],
    [18, 'evening'],
  ])('greets at %d o’clock with %s', (hour, part) => {
    expect(partOfDay(new Date(2026, 2, 10, hour))).toBe(part);
  });
});
