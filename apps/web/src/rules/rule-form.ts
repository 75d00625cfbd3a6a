import type { Rule, RuleCondition, RuleDue, RuleInput, RuleStatus } from '#libs/contracts/courses';
import { type PickOption } from '../design/pick-many.js';
import { t } from '../language/t.js';

export type ListAttribute = 'role' | 'team' | 'department' | 'locale' | 'manager';
export type Attribute = ListAttribute | 'joined';
export const attributes = ['department', 'team', 'role', 'manager', 'locale', 'joined'] as const;

/** A condition as it is being written; it counts once it is complete. */
export interface ConditionForm {
  readonly key: string;
  readonly attribute: Attribute;
  readonly negated: boolean;
  readonly values: readonly PickOption[];
  readonly date: string;
}

export interface RuleForm {
  readonly name: string;
  readonly status: RuleStatus;
  readonly match: 'all' | 'any';
  readonly conditions: readonly ConditionForm[];
  readonly courses: readonly PickOption[];
  readonly dueKind: RuleDue['kind'];
  readonly dueDate: string;
  readonly dueDays: number | null;
  readonly reminders: readonly number[];
  readonly escalates: boolean;
  readonly escalateAfterDays: number | null;
  readonly renews: boolean;
  readonly renewAfterMonths: number | null;
  readonly renewNoticeDays: number | null;
}

let made = 0;
const newKey = (): string => `condition-${(made += 1)}`;

export const newCondition = (attribute: Attribute = 'department'): ConditionForm => ({
  ...{ key: newKey(), attribute, negated: false, values: [], date: '' },
});

export const emptyForm = (): RuleForm => ({
  ...{ name: '', status: 'active', match: 'all', conditions: [newCondition()], courses: [] },
  ...{ dueKind: 'after_assignment', dueDate: '', dueDays: 30, reminders: [-7, -1, 1] },
  ...{ escalates: false, escalateAfterDays: 7 },
  ...{ renews: false, renewAfterMonths: 12, renewNoticeDays: 30 },
});

/** A day in the reader's zone ends the last second before the next begins. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:59`).toISOString().replace('.000Z', 'Z');
const dayOf = (instant: string): string => {
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

export function formOf(rule: Rule): RuleForm {
  const { due, escalateAfterDays, renewal } = rule;
  return {
    ...{ name: rule.name, status: rule.status, match: rule.match, reminders: rule.reminders },
    conditions: rule.conditions.map((condition) => conditionForm(condition, rule.names)),
    courses: rule.courses.map(({ courseId, title }) => ({ id: courseId, label: title })),
    dueKind: due.kind,
    dueDate: due.kind === 'date' ? dayOf(due.at) : '',
    dueDays: 'days' in due ? due.days : 30,
    escalates: escalateAfterDays !== null,
    escalateAfterDays: escalateAfterDays ?? 7,
    renews: renewal !== null,
    renewAfterMonths: renewal?.afterMonths ?? 12,
    renewNoticeDays: renewal?.noticeDays ?? 30,
  };
}

function conditionForm(condition: RuleCondition, names: Rule['names']): ConditionForm {
  const { attribute } = condition;
  if (attribute === 'joined') {
    const { operator, date } = condition;
    return { key: newKey(), attribute, negated: operator === 'before', values: [], date };
  }
  const { operator, values } = condition;
  return {
    ...{ key: newKey(), attribute, negated: operator === 'is_not_one_of', date: '' },
    values: values.map((id) => ({ id, label: calledIn(names, attribute, id) })),
  };
}

/** Teams and managers have ids; the rest is called what it is. A team of before ids is its name. */
export function calledIn(names: Rule['names'], attribute: ListAttribute, id: string): string {
  const known = names[id];
  if (known !== undefined || (attribute !== 'team' && attribute !== 'manager')) return known ?? id;
  return isId.test(id) ? t('rules.gone') : id;
}

const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isComplete = ({ attribute, values, date }: ConditionForm): boolean =>
  attribute === 'joined' ? date !== '' : values.length > 0;

function conditionOf({ attribute, negated, values, date }: ConditionForm): RuleCondition {
  if (attribute === 'joined') return { attribute, operator: negated ? 'before' : 'on_or_after', date };
  const operator = negated ? ('is_not_one_of' as const) : ('is_one_of' as const);
  return { attribute, operator, values: values.map(({ id }) => id) };
}

/** Whom it holds, as far as the conditions are complete. */
export const whomOf = ({ match, conditions }: RuleForm) => ({
  match,
  conditions: conditions.filter(isComplete).map(conditionOf),
});

/** What has to be renewed is due then, whatever it was at first. */
export const isEverDue = ({ dueKind, renews }: RuleForm): boolean => dueKind !== 'none' || renews;

type FormFault = 'name' | 'conditions' | 'courses' | 'due' | 'escalation' | 'renewal';

/** What is missing before it can be saved. */
export function faultsOf(form: RuleForm): ReadonlySet<FormFault> {
  const { name, conditions, courses, dueKind, dueDate, dueDays, escalates, escalateAfterDays } = form;
  const { renews, renewAfterMonths, renewNoticeDays } = form;
  const counted = dueKind === 'after_assignment' || dueKind === 'after_joining';
  const faults: readonly (readonly [FormFault, boolean])[] = [
    ['name', name.trim() === ''],
    ['conditions', !conditions.every(isComplete)],
    ['courses', courses.length === 0],
    ['due', (dueKind === 'date' && dueDate === '') || (counted && dueDays === null)],
    ['escalation', isEverDue(form) && escalates && escalateAfterDays === null],
    ['renewal', renews && (renewAfterMonths === null || renewNoticeDays === null)],
  ];
  return new Set(faults.flatMap(([fault, isThere]) => (isThere ? [fault] : [])));
}

export function inputOf(form: RuleForm): RuleInput {
  const { name, status, courses, reminders, escalates, escalateAfterDays } = form;
  return {
    ...{ name: name.trim(), status, ...whomOf(form), due: dueOf(form) },
    courseIds: courses.map(({ id }) => id),
    reminders: [...reminders].sort((a, b) => a - b),
    escalateAfterDays: escalates && isEverDue(form) ? escalateAfterDays : null,
    renewal: renewalOf(form),
  };
}

function renewalOf({ renews, renewAfterMonths, renewNoticeDays }: RuleForm): RuleInput['renewal'] {
  if (!renews || renewAfterMonths === null || renewNoticeDays === null) return null;
  return { afterMonths: renewAfterMonths, noticeDays: renewNoticeDays };
}

function dueOf({ dueKind, dueDate, dueDays }: RuleForm): RuleDue {
  switch (dueKind) {
    case 'none':
      return { kind: 'none' };
    case 'date':
      return { kind: 'date', at: endOfDay(dueDate) };
    case 'after_assignment':
    case 'after_joining':
      return { kind: dueKind, days: dueDays ?? 1 };
  }
}
