import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RuleAttributes } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { Button, IconButton } from '../design/button.js';
import { SelectField, TextField } from '../design/field.js';
import { type PickOption, PickMany } from '../design/pick-many.js';
import { useSettled } from '../design/use-settled.js';
import { languageName } from '../language/language-name.js';
import { type MessageKey, t } from '../language/t.js';
import { roleName, roleOrder } from '../people/role-name.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { type Attribute, attributes, type ConditionForm, newCondition } from './rule-form.js';
import { managerChoicesQuery } from './rules.queries.js';

export const attributeNames: Readonly<Record<Attribute, MessageKey>> = {
  department: 'rules.attribute.department',
  team: 'rules.attribute.team',
  role: 'rules.attribute.role',
  manager: 'rules.attribute.manager',
  locale: 'rules.attribute.locale',
  joined: 'rules.attribute.joined',
};

interface ConditionFieldsProps {
  readonly conditions: readonly ConditionForm[];
  readonly known: RuleAttributes | undefined;
  /** Say what is missing. */
  readonly strict: boolean;
  readonly onChange: (conditions: readonly ConditionForm[]) => void;
}

/** Whom a rule holds, line by line. */
export function ConditionFields({ conditions, known, strict, onChange }: ConditionFieldsProps) {
  const change = (index: number, next: ConditionForm): void => {
    onChange(conditions.map((condition, at) => (at === index ? next : condition)));
  };
  return (
    <div className="conditions">
      {conditions.length === 0 && <p className="conditions__all">{t('rules.everybody')}</p>}
      {conditions.map((condition, index) => (
        <fieldset key={condition.key} className="condition">
          <legend className="visually-hidden">{t('rules.condition', { number: index + 1 })}</legend>
          <div className="condition__what">
            <SelectField<Attribute>
              label={t('rules.attribute')}
              hideLabel
              value={condition.attribute}
              options={attributes.map((value) => ({ value, label: t(attributeNames[value]) }))}
              onChange={(attribute) => {
                change(index, { ...newCondition(attribute), key: condition.key });
              }}
            />
            <SelectField<'is' | 'not'>
              label={t('rules.operator')}
              hideLabel
              value={condition.negated ? 'not' : 'is'}
              options={operatorsOf(condition.attribute)}
              onChange={(operator) => {
                change(index, { ...condition, negated: operator === 'not' });
              }}
            />
          </div>
          <div className="condition__values">
            <Values
              condition={condition}
              known={known}
              strict={strict}
              onChange={(next) => {
                change(index, next);
              }}
            />
          </div>
          <IconButton
            label={t('rules.removeCondition', { number: index + 1 })}
            onPress={() => {
              onChange(conditions.filter((_, at) => at !== index));
            }}
          >
            <Trash2 aria-hidden />
          </IconButton>
        </fieldset>
      ))}
      <div>
        <Button
          look="secondary"
          size="s"
          icon={<Plus aria-hidden />}
          isDisabled={conditions.length >= 20}
          onPress={() => {
            const used = new Set(conditions.map(({ attribute }) => attribute));
            onChange([...conditions, newCondition(attributes.find((one) => !used.has(one)))]);
          }}
        >
          {t('rules.addCondition')}
        </Button>
      </div>
    </div>
  );
}

function operatorsOf(attribute: Attribute) {
  return attribute === 'joined'
    ? ([
        { value: 'is', label: t('rules.joined.since') },
        { value: 'not', label: t('rules.joined.before') },
      ] as const)
    : ([
        { value: 'is', label: t('rules.isOneOf') },
        { value: 'not', label: t('rules.isNotOneOf') },
      ] as const);
}

interface ValuesProps extends Pick<ConditionFieldsProps, 'known' | 'strict'> {
  readonly condition: ConditionForm;
  readonly onChange: (condition: ConditionForm) => void;
}

function Values({ condition, known, strict, onChange }: ValuesProps) {
  const { attribute, values, date } = condition;
  if (attribute === 'joined') {
    return (
      <TextField
        type="date"
        label={t('rules.day')}
        hideLabel
        value={date}
        onChange={(next) => {
          onChange({ ...condition, date: next });
        }}
        error={strict && date === '' ? t('rules.fault.value') : null}
      />
    );
  }
  const shared = {
    label: t('rules.valuesOf', { attribute: t(attributeNames[attribute]) }),
    placeholder: t('rules.pick'),
    chosen:
      attribute === 'role' || attribute === 'locale' ? values.map((one) => named(attribute, one)) : values,
    onChange: (chosen: readonly PickOption[]) => {
      onChange({ ...condition, values: chosen });
    },
    error: strict && values.length === 0 ? t('rules.fault.value') : null,
  };
  return attribute === 'manager' ? (
    <Managers {...shared} known={known} />
  ) : (
    <PickMany {...shared} options={optionsOf(attribute, known)} />
  );
}

/** A role as the reader calls it; one that this release does not know, as it is. */
export function roleText(value: string): string {
  const role = roleOrder.find((known) => known === value);
  return role === undefined ? value : roleName(role);
}

const named = (attribute: 'role' | 'locale', { id }: PickOption): PickOption => {
  if (attribute === 'role') return { id, label: roleText(id) };
  return { id, label: languageName(id) };
};

function optionsOf(attribute: 'role' | 'team' | 'department' | 'locale', known: RuleAttributes | undefined) {
  if (attribute === 'team') {
    return (known?.team ?? []).map(({ value, name, people }) => ({
      ...{ id: value, label: name, detail: t('rules.people', { count: people }) },
    }));
  }
  return (known?.[attribute] ?? []).map(({ value, people }): PickOption => {
    const option = { id: value, label: value };
    const { label } = attribute === 'role' || attribute === 'locale' ? named(attribute, option) : option;
    return { id: value, label, detail: t('rules.people', { count: people }) };
  });
}

interface ManagersProps extends Pick<ConditionFieldsProps, 'known'> {
  readonly label: string;
  readonly placeholder: string;
  readonly chosen: readonly PickOption[];
  readonly onChange: (chosen: readonly PickOption[]) => void;
  readonly error: string | null;
}

/** Who has people below stands first; everybody else is found by name, by those who may look for people. */
function Managers({ known, ...props }: ManagersProps) {
  const user = useUser();
  const [words, setWords] = useState('');
  const settled = useSettled(words.trim(), 250);
  const mayLook = may(user, 'users.read') && settled !== '';
  const found = useQuery({ ...managerChoicesQuery(useApi(), settled), enabled: mayLook });
  const managers = (known?.manager ?? []).map(({ value, name, people }) => ({
    ...{ id: value, label: name, detail: t('rules.people', { count: people }) },
  }));
  const people = (found.data?.items ?? []).map(({ id, name, email }) => ({ id, label: name, detail: email }));
  const isSearching = settled !== words.trim() || found.isPlaceholderData;
  return (
    <PickMany
      {...props}
      options={mayLook ? people : managers}
      onSearch={setWords}
      isSearching={!mayLook || isSearching}
    />
  );
}
