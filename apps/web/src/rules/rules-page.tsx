import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CalendarClock, Plus, RotateCcw, Trash2, Users, Waypoints } from 'lucide-react';
import { useState } from 'react';
import type { deleteRule, restoreRule, Rule } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { IconButton } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField } from '../design/field.js';
import { MoreButton } from '../design/more-button.js';
import { PageHeading } from '../design/page-heading.js';
import { ProgressBar } from '../design/progress.js';
import { Skeleton } from '../design/skeleton.js';
import { Spinner } from '../design/spinner.js';
import { useToasts } from '../design/toasts.js';
import { useSettled } from '../design/use-settled.js';
import { formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { dueText, whomText } from './rule-summary.js';
import { rulesKey, rulesQuery } from './rules.queries.js';
import './rules.css';

export function RulesPage() {
  usePageTitle(t('admin.rules'));
  return may(useUser(), 'enrolments.manage') ? <RuleList /> : <Forbidden />;
}

function RuleList() {
  const [words, setWords] = useState('');
  const settled = useSettled(words.trim(), 250);
  const found = useInfiniteQuery({
    ...rulesQuery(useApi(), settled),
    placeholderData: (before) => before,
  });
  const remove = useRemoval();
  return (
    <>
      <PageHeading
        title={t('admin.rules')}
        actions={
          <ButtonLink to="/admin/rules/new" icon={<Plus aria-hidden />}>
            {t('rules.new')}
          </ButtonLink>
        }
      >
        {t('rules.lead')}
      </PageHeading>
      <search className="rules-search">
        <SearchField
          label={t('rules.search')}
          placeholder={t('rules.search')}
          value={words}
          onChange={setWords}
        />
      </search>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {({ pages }) => {
          const rules = pages.flatMap(({ items }) => items);
          if (rules.length === 0) {
            return settled === '' ? (
              <EmptyState
                icon={Waypoints}
                title={t('rules.none.title')}
                action={<ButtonLink to="/admin/rules/new">{t('rules.new')}</ButtonLink>}
              >
                {t('rules.none.text')}
              </EmptyState>
            ) : (
              <EmptyState icon={Waypoints} title={t('rules.notFound.title')}>
                {t('rules.notFound.text')}
              </EmptyState>
            );
          }
          return (
            <ul className="rules">
              {rules.map((rule) => (
                <li key={rule.id}>
                  <RuleCard rule={rule} onRemove={remove} />
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      <MoreButton of={found} />
    </>
  );
}

/** Deletes at once and offers to take it back: nobody loses a course before that time is over. */
function useRemoval(): (rule: Rule) => void {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const refresh = () => queries.invalidateQueries({ queryKey: [...rulesKey, 'list'] });
  const restore = useMutation({
    mutationFn: (ruleId: string) =>
      api.send<typeof restoreRule>('POST', '/api/v1/enrolment-rules/:ruleId/restore', { params: { ruleId } }),
    onSuccess: () => {
      toasts.show(t('rules.restored'));
      return refresh();
    },
    onError: () => {
      toasts.show(t('rules.notRestored'), 'bad');
    },
  });
  const remove = useMutation({
    mutationFn: ({ id }: Rule) =>
      api.send<typeof deleteRule>('DELETE', '/api/v1/enrolment-rules/:ruleId', { params: { ruleId: id } }),
    onSuccess: (_answer, { id, name }) => {
      toasts.show(t('rules.deleted', { name }), 'good', {
        label: t('action.undo'),
        run: () => {
          restore.mutate(id);
        },
      });
      return refresh();
    },
    onError: () => {
      toasts.show(t('rules.notDeleted'), 'bad');
    },
  });
  return remove.mutate;
}

function RuleCard({ rule, onRemove }: { readonly rule: Rule; readonly onRemove: (rule: Rule) => void }) {
  const { id, name, status, courses, people, assignments, completed, overdue, applying, renewal } = rule;
  const share = assignments === 0 ? 0 : completed / assignments;
  return (
    <article className="rule" aria-labelledby={`rule-${id}`}>
      <div className="rule__head">
        <h2 className="rule__name" id={`rule-${id}`}>
          <Link to="/admin/rules/$ruleId" params={{ ruleId: id }}>
            {name}
          </Link>
        </h2>
        <span className="rule__state" role="status">
          {applying && (
            <Badge tone="accent" icon={<Spinner />}>
              {t('rules.applying')}
            </Badge>
          )}
        </span>
        {status === 'paused' && <Badge tone="warn">{t('rules.status.paused')}</Badge>}
        {courses.some(({ open }) => !open) && <Badge tone="warn">{t('rules.courseClosed')}</Badge>}
        <IconButton
          label={t('rules.deleteOf', { name })}
          onPress={() => {
            onRemove(rule);
          }}
        >
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <p className="rule__whom">{whomText(rule)}</p>
      <ul className="rule__courses" aria-label={t('rules.courses')}>
        {courses.slice(0, 4).map(({ courseId, title }) => (
          <li key={courseId}>{title}</li>
        ))}
        {courses.length > 4 && <li>{t('rules.moreCourses', { count: courses.length - 4 })}</li>}
      </ul>
      <div className="rule__facts">
        <span>
          <Users aria-hidden /> {t('rules.people', { count: people })}
        </span>
        <span>
          <CalendarClock aria-hidden /> {dueText(rule)}
        </span>
        {renewal !== null && (
          <span>
            <RotateCcw aria-hidden /> {t('rules.renewEvery', { count: renewal.afterMonths })}
          </span>
        )}
        {overdue > 0 && <Badge tone="bad">{t('rules.overdue', { count: overdue })}</Badge>}
        <span className="rule__progress">
          <ProgressBar label={t('rules.completedOf', { name })} value={share} />
          <span aria-hidden="true">{formatPercent(share)}</span>
        </span>
      </div>
    </article>
  );
}
