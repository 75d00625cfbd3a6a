import { CheckField } from '../design/check-field.js';
import { SelectField, TextField } from '../design/field.js';
import { NumberField } from '../design/number-field.js';
import { t } from '../language/t.js';
import { type RuleForm } from './rule-form.js';

interface PartProps {
  readonly form: RuleForm;
  readonly onChange: (next: Partial<RuleForm>) => void;
  readonly missing?: boolean;
}

export function Due({ form, onChange, missing = false }: PartProps) {
  const { dueKind, dueDate, dueDays } = form;
  return (
    <>
      <SelectField
        label={t('rules.due')}
        value={dueKind}
        onChange={(next) => {
          onChange({ dueKind: next });
        }}
        options={[
          { value: 'after_assignment', label: t('rules.due.afterAssignment') },
          { value: 'after_joining', label: t('rules.due.afterJoining') },
          { value: 'date', label: t('rules.due.date') },
          { value: 'none', label: t('rules.due.none') },
        ]}
      />
      {dueKind === 'date' && (
        <TextField
          type="date"
          label={t('rules.day')}
          value={dueDate}
          onChange={(next) => {
            onChange({ dueDate: next });
          }}
          error={missing ? t('form.required') : null}
        />
      )}
      {(dueKind === 'after_assignment' || dueKind === 'after_joining') && (
        <NumberField
          label={t('rules.days')}
          value={dueDays}
          minValue={1}
          maxValue={3650}
          onChange={(next) => {
            onChange({ dueDays: next });
          }}
          {...(dueKind === 'after_joining' && { description: t('rules.due.afterJoiningHint') })}
          error={missing ? t('form.required') : null}
        />
      )}
    </>
  );
}

const usual = [-30, -14, -7, -1, 0, 1, 7];

function reminderName(days: number): string {
  if (days === 0) return t('rules.reminder.onDay');
  return days < 0 ? t('rules.reminder.before', { count: -days }) : t('rules.reminder.after', { count: days });
}

export function Reminders({ form, onChange }: PartProps) {
  const { reminders } = form;
  const all = [...new Set([...usual, ...reminders])].sort((a, b) => a - b);
  return (
    <fieldset className="rule-reminders">
      <legend className="field__label">{t('rules.reminders')}</legend>
      {all.map((days) => (
        <CheckField
          key={days}
          isSelected={reminders.includes(days)}
          onChange={(isSelected) => {
            const others = reminders.filter((one) => one !== days);
            onChange({ reminders: isSelected ? [...others, days].sort((a, b) => a - b) : others });
          }}
        >
          {reminderName(days)}
        </CheckField>
      ))}
    </fieldset>
  );
}

const requiredIf = (missing: boolean): string | null => (missing ? t('form.required') : null);

export function Escalation({ form, onChange, missing = false }: PartProps) {
  const { escalates, escalateAfterDays } = form;
  return (
    <div className="rule-option">
      <CheckField
        isSelected={escalates}
        onChange={(isSelected) => {
          onChange({ escalates: isSelected });
        }}
        description={t('rules.escalateHint')}
      >
        {t('rules.escalate')}
      </CheckField>
      {escalates && (
        <NumberField
          label={t('rules.escalateAfter')}
          value={escalateAfterDays}
          minValue={1}
          maxValue={365}
          onChange={(next) => {
            onChange({ escalateAfterDays: next });
          }}
          error={requiredIf(missing)}
        />
      )}
    </div>
  );
}

/** What is completed once may have to be completed again. */
export function Renewal({ form, onChange, missing = false }: PartProps) {
  const { renews, renewAfterMonths, renewNoticeDays } = form;
  return (
    <div className="rule-option">
      <CheckField
        isSelected={renews}
        onChange={(isSelected) => {
          onChange({ renews: isSelected });
        }}
        description={t('rules.renewHint')}
      >
        {t('rules.renew')}
      </CheckField>
      {renews && (
        <>
          <NumberField
            label={t('rules.renewAfter')}
            value={renewAfterMonths}
            minValue={1}
            maxValue={120}
            onChange={(next) => {
              onChange({ renewAfterMonths: next });
            }}
            error={requiredIf(missing && renewAfterMonths === null)}
          />
          <NumberField
            label={t('rules.renewNotice')}
            description={t('rules.renewNoticeHint')}
            value={renewNoticeDays}
            minValue={1}
            maxValue={365}
            onChange={(next) => {
              onChange({ renewNoticeDays: next });
            }}
            error={requiredIf(missing && renewNoticeDays === null)}
          />
        </>
      )}
    </div>
  );
}
