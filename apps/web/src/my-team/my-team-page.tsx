import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Download, UsersRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { TeamMember } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Avatar } from '../design/avatar.js';
import { ButtonAnchor } from '../design/button-link.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { useSettled } from '../design/use-settled.js';
import { formatShortDay } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Completion, Overdue, Tile, Tiles } from '../reports/counts.js';
import { myTeamQuery } from '../reports/reports.queries.js';
import { Answer } from '../shell/answer.js';
import '../rules/rules.css';
import '../design/table.css';

const Chart = lazy(async () => ({ default: (await import('../design/chart.js')).Chart }));

/** The people below whoever asks: nobody else is shown, whatever the role. */
export function MyTeamPage() {
  usePageTitle(t('myTeam.title'));
  const [words, setWords] = useState('');
  const settled = useSettled(words.trim(), 250);
  const found = useInfiniteQuery(myTeamQuery(useApi(), settled));
  const navigate = useNavigate();
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHeading
        title={t('myTeam.title')}
        actions={
          (found.data?.pages[0]?.totals.people ?? 0) > 0 && (
            <ButtonAnchor
              href="/api/v1/my-team/export"
              download
              look="secondary"
              icon={<Download aria-hidden />}
            >
              {t('myTeam.export')}
            </ButtonAnchor>
          )
        }
      >
        {t('myTeam.lead')}
      </PageHeading>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {({ pages }) => {
          const totals = pages[0]?.totals;
          if (totals === undefined || totals.people === 0) {
            return (
              <EmptyState icon={UsersRound} title={t('myTeam.none.title')}>
                {t('myTeam.none.text')}
              </EmptyState>
            );
          }
          const { completed, inProgress, notStarted } = totals;
          return (
            <>
              <Tiles counts={totals}>
                <Tile name={t('reports.people')}>{formatNumber(totals.people)}</Tile>
              </Tiles>
              <div className="report-part report-part--donut">
                <Suspense fallback={<Skeleton className="skeleton--list" />}>
                  <Chart
                    kind="donut"
                    title={t('myTeam.chart')}
                    of={t('rules.state')}
                    series={[{ key: 'count', label: t('reports.courses') }]}
                    rows={[
                      { label: t('reports.completed'), tone: 'done', values: { count: completed } },
                      { label: t('reports.inProgress'), tone: 'underway', values: { count: inProgress } },
                      { label: t('reports.notStarted'), tone: 'open', values: { count: notStarted } },
                    ]}
                    fileName="my-team"
                  />
                </Suspense>
              </div>
              <search className="rules-search">
                <SearchField
                  label={t('rules.searchPeople')}
                  placeholder={t('rules.searchPeople')}
                  value={words}
                  onChange={setWords}
                />
              </search>
              {rows.length === 0 ? (
                <p>{t('myTeam.notFound')}</p>
              ) : (
                <DataTable
                  label={t('myTeam.title')}
                  rows={rows}
                  keyOf={({ userId }) => userId}
                  nameOf={({ name }) => name}
                  columns={columns}
                  more={moreOf(found)}
                  onOpen={(userId) => {
                    void navigate({ to: '/my-team/$userId', params: { userId } });
                  }}
                />
              )}
            </>
          );
        }}
      </Answer>
    </>
  );
}

const columns: readonly DataColumn<TeamMember>[] = [
  {
    id: 'name',
    get title() {
      return t('field.name');
    },
    width: '2fr',
    minWidth: 220,
    cell: ({ name, team, level }) => (
      <span className="person-cell">
        <Avatar name={name} size="s" />
        <span className="two-lines">
          <span className="table__name">{name}</span>
          <span className="table__detail">
            {level === 1 ? (team ?? '') : t('myTeam.level', { count: level })}
          </span>
        </span>
      </span>
    ),
  },
  {
    id: 'enrolled',
    get title() {
      return t('reports.courses');
    },
    minWidth: 90,
    align: 'end',
    cell: ({ enrolled }) => formatNumber(enrolled),
  },
  {
    id: 'completion',
    get title() {
      return t('reports.completion');
    },
    width: '2fr',
    minWidth: 180,
    cell: (row) => <Completion counts={row} of={row.name} />,
  },
  {
    id: 'overdue',
    get title() {
      return t('reports.overdue');
    },
    minWidth: 110,
    align: 'end',
    cell: ({ overdue }) => <Overdue count={overdue} />,
  },
  {
    id: 'next',
    get title() {
      return t('myTeam.nextDue');
    },
    minWidth: 130,
    cell: ({ nextDueAt }) => (nextDueAt === null ? '–' : formatShortDay(nextDueAt)),
  },
];
