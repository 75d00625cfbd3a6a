import type { MyCourse } from '#libs/contracts/courses';

export interface MyLearning {
  /** The one to go on with: what was learned in last, else what is due first, else what was enrolled in last. */
  readonly next: MyCourse | null;
  readonly current: readonly MyCourse[];
  readonly completed: readonly MyCourse[];
}

/** Sorts a person's courses; withdrawn ones are not shown. */
export function myLearning(courses: readonly MyCourse[]): MyLearning {
  const current = courses.filter(({ status }) => status === 'in_progress' || status === 'not_started');
  const begun = current
    .filter(({ status }) => status === 'in_progress')
    .toSorted((one, other) => activeAt(other).localeCompare(activeAt(one)));
  const waiting = current
    .filter(({ status }) => status === 'not_started')
    .toSorted((one, other) => (one.dueAt ?? '9').localeCompare(other.dueAt ?? '9'));
  const completed = courses
    .filter(({ status }) => status === 'completed')
    .toSorted((one, other) => (other.completedAt ?? '').localeCompare(one.completedAt ?? ''));
  return { next: begun[0] ?? waiting[0] ?? null, current: [...begun, ...waiting], completed };
}

const activeAt = ({ lastActiveAt, startedAt }: MyCourse): string => lastActiveAt ?? startedAt ?? '';

export interface Agenda {
  /** Overdue or due within two weeks, the most urgent first. */
  readonly dueSoon: readonly MyCourse[];
  /** Given by somebody or by a rule. */
  readonly assigned: readonly MyCourse[];
  /** Chosen by the learner. */
  readonly others: readonly MyCourse[];
}

const AHEAD_MS = 14 * 24 * 3600 * 1000;

/** What else is on the list beside the one to go on with, each course once. */
export function agendaOf({ next, current }: MyLearning, now: Date): Agenda {
  const rest = current.filter((course) => course !== next);
  const isDueSoon = ({ dueAt }: MyCourse): boolean =>
    dueAt !== null && new Date(dueAt).getTime() - now.getTime() < AHEAD_MS;
  return {
    dueSoon: rest
      .filter(isDueSoon)
      .toSorted((one, other) => (one.dueAt ?? '').localeCompare(other.dueAt ?? '')),
    assigned: rest.filter((course) => !isDueSoon(course) && course.source !== 'self'),
    others: rest.filter((course) => !isDueSoon(course) && course.source === 'self'),
  };
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
