import type { MyCourse } from '#libs/contracts/courses';

export interface MyLearning {
  /** The one to go on with: what was begun last, else what is due first, else what was enrolled in last. */
  readonly next: MyCourse | null;
  readonly current: readonly MyCourse[];
  readonly completed: readonly MyCourse[];
}

/** Sorts a person's courses for the first page; withdrawn ones are not shown. */
export function myLearning(courses: readonly MyCourse[]): MyLearning {
  const current = courses.filter(({ status }) => status === 'in_progress' || status === 'not_started');
  const begun = current
    .filter(({ status }) => status === 'in_progress')
    .toSorted((one, other) => (other.startedAt ?? '').localeCompare(one.startedAt ?? ''));
  const waiting = current
    .filter(({ status }) => status === 'not_started')
    .toSorted((one, other) => (one.dueAt ?? '9').localeCompare(other.dueAt ?? '9'));
  const completed = courses
    .filter(({ status }) => status === 'completed')
    .toSorted((one, other) => (other.completedAt ?? '').localeCompare(one.completedAt ?? ''));
  return { next: begun[0] ?? waiting[0] ?? null, current: [...begun, ...waiting], completed };
}

export type DueState = 'overdue' | 'soon' | 'later';
const SOON_MS = 7 * 24 * 3600 * 1000;

export function dueState(dueAt: string, now: Date): DueState {
  const left = new Date(dueAt).getTime() - now.getTime();
  if (left < 0) return 'overdue';
  return left < SOON_MS ? 'soon' : 'later';
}

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

export function partOfDay(now: Date): PartOfDay {
  const hour = now.getHours();
  if (hour >= 4 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}
