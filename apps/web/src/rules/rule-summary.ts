import type { Rule, RuleCondition } from '#libs/contracts/courses';
import { formatShortDay } from '../language/dates.js';
import { languageName } from '../language/language-name.js';
import { locale } from '../language/speech.js';
import { t } from '../language/t.js';
import { attributeNames, roleText } from './condition-fields.js';
import { calledIn, type ListAttribute } from './rule-form.js';

/** "Department: Sales, Service and role: Learner" */
export function whomText({ match, conditions, names }: Pick<Rule, 'match' | 'conditions' | 'names'>): string {
  if (conditions.length === 0) return t('rules.everybody');
  const type = match === 'all' ? 'conjunction' : 'disjunction';
  return new Intl.ListFormat(locale(), { type }).format(
    conditions.map((condition) => conditionText(condition, names)),
  );
}

function conditionText(condition: RuleCondition, names: Rule['names']): string {
  const attribute = t(attributeNames[condition.attribute]);
  if (condition.attribute === 'joined') {
    const day = formatShortDay(`${condition.date}T12:00:00Z`);
    return t(condition.operator === 'before' ? 'rules.say.before' : 'rules.say.since', { attribute, day });
  }
  const { operator, values } = condition;
  const list = new Intl.ListFormat(locale(), { type: 'disjunction' }).format(
    values.map((value) => valueText(condition.attribute, value, names)),
  );
  return t(operator === 'is_one_of' ? 'rules.say.is' : 'rules.say.isNot', { attribute, values: list });
}

function valueText(attribute: ListAttribute, value: string, names: Rule['names']): string {
  if (attribute === 'locale') return languageName(value);
  return attribute === 'role' ? roleText(value) : calledIn(names, attribute, value);
}

export function dueText({ due }: Pick<Rule, 'due'>): string {
  switch (due.kind) {
    case 'none':
      return t('rules.due.none');
    case 'date':
      return formatShortDay(due.at);
    case 'after_assignment':
      return t('rules.due.daysAfterAssignment', { count: due.days });
    case 'after_joining':
      return t('rules.due.daysAfterJoining', { count: due.days });
  }
}
