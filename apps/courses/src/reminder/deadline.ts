/** An enrolment that is due, and what is to be said about it. */
export interface Deadline {
  readonly enrolmentId: string;
  readonly courseId: string;
  readonly userId: string;
  readonly courseTitle: string;
  readonly learnerName: string;
  readonly managerId: string | null;
  readonly progress: number;
  readonly dueAt: Date;
  /** Days from the due date. */
  readonly reminders: readonly number[];
  readonly escalateAfterDays: number | null;
  /** The step that is next. */
  readonly nextAt: Date;
  /** Whether there is still something to remind of: not completed, not withdrawn, and the person is here. */
  readonly open: boolean;
}

export type Step =
  | { readonly kind: 'due_soon'; readonly daysLeft: number }
  | { readonly kind: 'overdue' | 'escalated'; readonly daysOverdue: number };

/** For who has a due date of no rule: a week and a day before it, and the day after. */
export const DEFAULT_REMINDERS: readonly number[] = [-7, -1, 1];

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Eight in the morning of the day that is `days` from the due date, in UTC. The same as `courses.next_step`. */
export function stepAt(dueAt: Date, days: number): Date {
  return new Date((dayOf(dueAt) + days) * DAY_MS + 8 * HOUR_MS);
}

/**
 * What is to be said now. Of reminders that came due since the last look only the last is: nobody wants three at once
 * because a server slept.
 */
export function stepsDue(deadline: Deadline, now: Date): Step[] {
  if (!deadline.open) return [];
  const { dueAt, nextAt, reminders, escalateAfterDays } = deadline;
  const isNow = (days: number) => {
    const at = stepAt(dueAt, days);
    return at >= nextAt && at <= now;
  };
  const days = dayOf(now) - dayOf(dueAt);
  const steps: Step[] = [];
  if (reminders.some(isNow)) {
    steps.push(
      now <= dueAt
        ? { kind: 'due_soon', daysLeft: Math.max(0, -days) }
        : { kind: 'overdue', daysOverdue: Math.max(0, days) },
    );
  }
  if (escalateAfterDays !== null && isNow(escalateAfterDays)) {
    steps.push({ kind: 'escalated', daysOverdue: Math.max(0, days) });
  }
  return steps;
}

function dayOf(instant: Date): number {
  return Math.floor(instant.getTime() / DAY_MS);
}
