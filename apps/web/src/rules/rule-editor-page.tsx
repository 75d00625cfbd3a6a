import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Rule, RuleAttributes } from '#libs/contracts/courses';
import { BackLink } from '../design/back-link.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { PickMany } from '../design/pick-many.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useSettled } from '../design/use-settled.js';
import { DraftOffer } from '../drafts/draft-offer.js';
import { useLocalDraft } from '../drafts/use-local-draft.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { ConditionFields } from './condition-fields.js';
import { emptyForm, faultsOf, formOf, isEverDue, type RuleForm } from './rule-form.js';
import { RulePeople } from './rule-people.js';
import { RulePreviewPanel } from './rule-preview.js';
import { Due, Escalation, Reminders, Renewal } from './rule-timing.js';
import { attributesQuery, courseChoicesQuery, ruleQuery } from './rules.queries.js';
import { SaveProblem, useSaveRule } from './save-rule.js';
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
    <Answer isPage of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ data, etag }) => (
        <Answer isPage of={known} skeleton={<Skeleton className="skeleton--list" />}>
          {(attributes) => (
            <RuleEditor key={etag} rule={data} known={attributes} start={formOf(data)} etag={etag} />
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
  const save = useSaveRule(rule, etag, () => {
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
      <BackLink to="/admin/rules">{t('admin.rules')}</BackLink>
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
          <Section title={t('rules.section.renew')} lead={t('rules.section.renewLead')}>
            <Renewal form={form} onChange={change} missing={faults.has('renewal')} />
          </Section>
          {isEverDue(form) && (
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

interface CoursesProps {
  readonly form: RuleForm;
  readonly onChange: (next: Partial<RuleForm>) => void;
  readonly missing: boolean;
}

function Courses({ form, onChange, missing }: CoursesProps) {
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
      isSearching={settled !== words.trim() || found.isPlaceholderData}
      onChange={(courses) => {
        onChange({ courses });
      }}
      error={missing ? t('rules.fault.courses') : null}
    />
  );
}
