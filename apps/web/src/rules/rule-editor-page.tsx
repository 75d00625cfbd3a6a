import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import type { createRule, replaceRule, Rule, RuleAttributes } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { NumberField } from '../design/number-field.js';
import { PageHeading } from '../design/page-heading.js';
import { PickMany } from '../design/pick-many.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { useSettled } from '../design/use-settled.js';
import { DraftOffer } from '../drafts/draft-offer.js';
import { useLocalDraft } from '../drafts/use-local-draft.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { ConditionFields } from './condition-fields.js';
import { emptyForm, faultsOf, formOf, inputOf, type RuleForm } from './rule-form.js';
import { RulePeople } from './rule-people.js';
import { RulePreviewPanel } from './rule-preview.js';
import { attributesQuery, courseChoicesQuery, ruleQuery, rulesKey } from './rules.queries.js';
import './rules.css';

export function NewRulePage() {
  usePageTitle(t('rules.new'));
  const known = useQuery(attributesQuery(useApi()));
  if (!may(useUser(), 'enrolments.manage')) return <Forbidden />;
  return <RuleEditor rule={null} known={known.data} start={emptyForm()} etag={null} />;
}

export function RuleEditorPage() {
  const { ruleId } = useParams({ strict: false });
  const api = useApi();
  const found = useQuery(ruleQuery(api, ruleId ?? ''));
  const known = useQuery(attributesQuery(api));
  usePageTitle(found.data?.data.name ?? t('admin.rules'));
  if (!may(useUser(), 'enrolments.manage')) return <Forbidden />;
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ data, etag }) => (
        <Answer of={known} skeleton={<Skeleton className="skeleton--list" />}>
          {(attributes) => (
            <RuleEditor
              key={etag}
              rule={data}
              known={attributes}
              start={formOf(data, new Map(attributes.manager.map(({ value, name }) => [value, name])))}
              etag={etag}
            />
          )}
        </Answer>
      )}
    </Answer>
  );
}

interface RuleEditorProps {
  readonly rule: Rule | null;
  readonly known: RuleAttributes | undefined;
  readonly start: RuleForm;
  readonly etag: string | null;
}

function RuleEditor({ rule, known, start, etag }: RuleEditorProps) {
  const navigate = useNavigate();
  const [begun] = useState(start);
  const [form, setForm] = useState(start);
  const [strict, setStrict] = useState(false);
  const isDirty = JSON.stringify(form) !== JSON.stringify(begun);
  const draft = useLocalDraft(`rule.${rule?.id ?? 'new'}`, isDirty ? form : null);
  const failure = useRef<HTMLDivElement>(null);
  const save = useSave(rule, etag, () => {
    draft.done();
    void navigate({ to: '/admin/rules' });
  });
  useEffect(() => {
    if (save.isError || strict) failure.current?.focus();
  }, [save.isError, save.submittedAt, strict]);
  const faults = strict ? faultsOf(form) : new Set<never>();
  const change = (next: Partial<RuleForm>): void => {
    setForm({ ...form, ...next });
  };
  const submit = (): void => {
    if (faultsOf(form).size > 0) {
      setStrict(true);
      failure.current?.focus();
      return;
    }
    save.mutate(form);
  };
  return (
    <>
      <PageHeading title={rule === null ? t('rules.new') : rule.name}>
        {rule === null ? t('rules.newLead') : t('rules.editLead')}
      </PageHeading>
      {draft.found !== null && (
        <DraftOffer
          keptAt={draft.found.keptAt}
          onTake={() => {
            if (draft.found !== null) setForm(draft.found.value);
            draft.settle(true);
          }}
          onDiscard={() => {
            draft.settle(false);
          }}
        />
      )}
      <div className="rule-editor">
        <form
          className="rule-editor__form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {faults.size > 0 && (
            <Notice tone="bad" title={t('problem.form.title')} live ref={failure}>
              {t('problem.form.fields')}
            </Notice>
          )}
          {save.isError && <SaveProblem error={save.error} isOwn={rule !== null} ref={failure} />}
          <Section title={t('rules.section.name')} lead={t('rules.section.nameLead')}>
            <TextField
              label={t('rules.name')}
              value={form.name}
              onChange={(name) => {
                change({ name });
              }}
              maxLength={200}
              isRequired
              error={faults.has('name') ? t('form.required') : null}
            />
            <SelectField
              label={t('rules.status')}
              value={form.status}
              onChange={(status) => {
                change({ status });
              }}
              options={[
                { value: 'active', label: t('rules.status.active') },
                { value: 'paused', label: t('rules.status.paused') },
              ]}
              description={t('rules.statusHint')}
            />
          </Section>
          <Section title={t('rules.section.whom')} lead={t('rules.section.whomLead')}>
            {form.conditions.length > 1 && (
              <SelectField
                label={t('rules.match')}
                value={form.match}
                onChange={(match) => {
                  change({ match });
                }}
                options={[
                  { value: 'all', label: t('rules.match.all') },
                  { value: 'any', label: t('rules.match.any') },
                ]}
              />
            )}
            <ConditionFields
              conditions={form.conditions}
              known={known}
              strict={faults.has('conditions')}
              onChange={(conditions) => {
                change({ conditions });
              }}
            />
          </Section>
          <Section title={t('rules.section.what')} lead={t('rules.section.whatLead')}>
            <Courses form={form} onChange={change} missing={faults.has('courses')} />
          </Section>
          <Section title={t('rules.section.when')} lead={t('rules.section.whenLead')}>
            <Due form={form} onChange={change} missing={faults.has('due')} />
          </Section>
          {form.dueKind !== 'none' && (
            <Section title={t('rules.section.remind')} lead={t('rules.section.remindLead')}>
              <Reminders form={form} onChange={change} />
              <Escalation form={form} onChange={change} missing={faults.has('escalation')} />
            </Section>
          )}
          <div className="rule-editor__actions">
            <ButtonLink to="/admin/rules" look="secondary">
              {t('action.cancel')}
            </ButtonLink>
            <Button type="submit" isPending={save.isPending}>
              {rule === null ? t('rules.create') : t('action.save')}
            </Button>
          </div>
        </form>
        <RulePreviewPanel form={form} />
      </div>
      {rule !== null && <RulePeople ruleId={rule.id} />}
    </>
  );
}

function useSave(rule: Rule | null, etag: string | null, onDone: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: async (form: RuleForm) => {
      const body = inputOf(form);
      if (rule === null) {
        await api.send<typeof createRule>('POST', '/api/v1/enrolment-rules', { body });
        return;
      }
      await api.send<typeof replaceRule>('PUT', '/api/v1/enrolment-rules/:ruleId', {
        ...{ params: { ruleId: rule.id }, body },
        ...(etag === null ? {} : { ifMatch: etag }),
      });
    },
    onSuccess: async () => {
      toasts.show(t('rules.saved'));
      queries.removeQueries({ queryKey: [...rulesKey, 'one'] });
      onDone();
      await queries.invalidateQueries({ queryKey: [...rulesKey, 'list'] });
    },
  });
}

function SaveProblem({
  error,
  isOwn,
  ref,
}: {
  readonly error: unknown;
  readonly isOwn: boolean;
  readonly ref: React.Ref<HTMLDivElement>;
}) {
  const changed = isProblem(error) && error.status === 412 && isOwn;
  const offline = isProblem(error) && error.isUnreachable;
  return (
    <Notice
      tone="bad"
      live
      ref={ref}
      title={changed ? t('rules.changed.title') : t('rules.notSaved')}
      {...(changed && {
        action: (
          <Button
            look="secondary"
            size="s"
            onPress={() => {
              window.location.reload();
            }}
          >
            {t('rules.changed.load')}
          </Button>
        ),
      })}
    >
      {changed ? t('rules.changed.text') : offline ? t('problem.offline.text') : t('rules.notSavedText')}
    </Notice>
  );
}

interface PartProps {
  readonly form: RuleForm;
  readonly onChange: (next: Partial<RuleForm>) => void;
  readonly missing?: boolean;
}

function Courses({ form, onChange, missing = false }: PartProps) {
  const [words, setWords] = useState('');
  const settled = useSettled(words.trim(), 250);
  const [isUsed, setUsed] = useState(false);
  const found = useQuery({ ...courseChoicesQuery(useApi(), settled), enabled: isUsed });
  return (
    <PickMany
      label={t('rules.courses')}
      placeholder={t('rules.pickCourse')}
      options={(found.data?.items ?? []).map(({ courseId, title }) => ({ id: courseId, label: title }))}
      chosen={form.courses}
      onSearch={setWords}
      onUse={() => {
        setUsed(true);
      }}
      isPending={found.isPending}
      onChange={(courses) => {
        onChange({ courses });
      }}
      error={missing ? t('rules.fault.courses') : null}
    />
  );
}

function Due({ form, onChange, missing = false }: PartProps) {
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

function Reminders({ form, onChange }: PartProps) {
  const { reminders } = form;
  const all = [...new Set([...usual, ...reminders])].sort((a, b) => a - b);
  return (
    <fieldset className="choices">
      <legend className="field__label">{t('rules.reminders')}</legend>
      {all.map((days) => (
        <label key={days} className="choices__one">
          <input
            type="checkbox"
            checked={reminders.includes(days)}
            onChange={(event) => {
              const others = reminders.filter((one) => one !== days);
              onChange({
                reminders: event.target.checked ? [...others, days].sort((a, b) => a - b) : others,
              });
            }}
          />
          <span>{reminderName(days)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Escalation({ form, onChange, missing = false }: PartProps) {
  const { escalates, escalateAfterDays } = form;
  const hint = useId();
  return (
    <div className="escalation">
      <label className="choices__one">
        <input
          type="checkbox"
          checked={escalates}
          aria-describedby={hint}
          onChange={(event) => {
            onChange({ escalates: event.target.checked });
          }}
        />
        <span>{t('rules.escalate')}</span>
      </label>
      <p id={hint} className="field__description">
        {t('rules.escalateHint')}
      </p>
      {escalates && (
        <NumberField
          label={t('rules.escalateAfter')}
          value={escalateAfterDays}
          minValue={1}
          maxValue={365}
          onChange={(next) => {
            onChange({ escalateAfterDays: next });
          }}
          error={missing ? t('form.required') : null}
        />
      )}
    </div>
  );
}
