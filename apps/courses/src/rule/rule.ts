import type { RuleCondition, RuleDue, RuleRenewal, RuleStatus } from '#libs/contracts/courses';

/** Assigns courses to whoever is as its conditions say. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly status: RuleStatus;
  readonly match: 'all' | 'any';
  readonly conditions: readonly RuleCondition[];
  readonly courseIds: readonly string[];
  readonly due: RuleDue;
  readonly reminders: readonly number[];
  readonly escalateAfterDays: number | null;
  readonly renewal: RuleRenewal | null;
  /** Grows with every change; the ETag. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

const DAY_MS = 86_400_000;

/** When somebody whom the rule takes hold of is due. */
export function dueOf(due: RuleDue, joinedAt: Date | null, assignedAt: Date): Date | null {
  switch (due.kind) {
    case 'none':
      return null;
    case 'date':
      return new Date(due.at);
    case 'after_assignment':
      return endOfDay(assignedAt, due.days);
    case 'after_joining': {
      const since = endOfDay(joinedAt ?? assignedAt, due.days);
      return since > assignedAt ? since : endOfDay(assignedAt, due.days);
    }
  }
}

/** The last second of the day that is `days` after the instant, in UTC. */
function endOfDay(instant: Date, days: number): Date {
  const day = Math.floor(instant.getTime() / DAY_MS) + days;
  return new Date((day + 1) * DAY_MS - 1000);
}

/** Until when a deleted rule can be taken back. */
export function restorableUntil(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + 30 * DAY_MS);
}

/** The rule as its events carry it. */
export function ruleEventOf(rule: Rule) {
  const { id, name, status, match, conditions, courseIds, due, reminders, escalateAfterDays, renewal } = rule;
  return {
    ...{ ruleId: id, name, status, match, conditions: [...conditions], courseIds: [...courseIds], due },
    ...{ reminders: [...reminders], escalateAfterDays, renewal },
  };
}
