import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { RuleAssignment } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { SearchField } from '../design/field.js';
import { Skeleton } from '../design/skeleton.js';
import { WhenNear } from '../design/when-near.js';
import { useSettled } from '../design/use-settled.js';
import { formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { statusNames, statusTones } from '../reports/enrolment-status.js';
import { courseColumn, personColumn } from '../reports/learner-columns.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { assignmentsQuery } from './rules.queries.js';

/** Whom a rule has hold of, and how far they are. */
export function RulePeople({ ruleId }: { readonly ruleId: string }) {
  return (
    <section className="rule-people" aria-labelledby="rule-people">
      <h2 id="rule-people" className="rule-people__title">
        {t('rules.held')}
      </h2>
      <WhenNear skeleton={<Skeleton className="skeleton--list" />}>
        <Held ruleId={ruleId} />
      </WhenNear>
    </section>
  );
}

function Held({ ruleId }: { readonly ruleId: string }) {
  const [words, setWords] = useState('');
  const navigate = useNavigate();
  const mayOpen = may(useUser(), 'analytics.read');
  const found = useInfiniteQuery({
    ...assignmentsQuery(useApi(), ruleId, useSettled(words.trim(), 250)),
    placeholderData: (before) => before,
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <search className="rules-search">
        <SearchField
          label={t('rules.searchPeople')}
          placeholder={t('rules.searchPeople')}
          value={words}
          onChange={setWords}
        />
      </search>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {() =>
          rows.length === 0 ? (
            <p className="rule-people__none">{t('rules.held.none')}</p>
          ) : (
            <DataTable
              label={t('rules.held')}
              rows={rows}
              keyOf={keyOf}
              nameOf={({ name, courseTitle }) => `${name}, ${courseTitle}`}
              columns={columns}
              more={moreOf(found)}
              {...(mayOpen && {
                onOpen: (key: string) => {
                  const userId = key.split(' ')[0] ?? '';
                  void navigate({ to: '/admin/reports/people/$userId', params: { userId } });
                },
              })}
            />
          )
        }
      </Answer>
    </>
  );
}

const keyOf = ({ userId, courseId }: RuleAssignment): string => `${userId} ${courseId}`;

const columns: readonly DataColumn<RuleAssignment>[] = [
  personColumn,
  courseColumn,
  {
    id: 'status',
    get title() {
      return t('rules.state');
    },
    minWidth: 130,
    cell: ({ status }) => <Badge tone={statusTones[status]}>{t(statusNames[status])}</Badge>,
  },
  {
    id: 'due',
    get title() {
      return t('rules.dueDate');
    },
    minWidth: 120,
    cell: ({ dueAt }) => (dueAt === null ? '–' : formatShortDay(dueAt)),
  },
];
