import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarCheck } from 'lucide-react';
import { useMemo } from 'react';
import type { OverdueRow } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import type { ChartRow } from '../design/chart.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { EmptyState } from '../design/empty-state.js';
import { Skeleton } from '../design/skeleton.js';
import { formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { courseColumn, personColumn } from './learner-columns.js';
import { Chart, ChartPart, type ReportProps, TablePart } from './report-parts.js';
import { overdueQuery } from './reports.queries.js';
import '../design/table.css';

/** Who is late with what, the longest first. */
export function OverdueReport({ search }: ReportProps) {
  const found = useInfiniteQuery(overdueQuery(useApi(), search));
  const navigate = useNavigate();
  const rows = useMemo(() => found.data?.pages.flatMap(({ items }) => items) ?? [], [found.data]);
  const people = new Map(rows.map(({ enrolmentId, userId }) => [enrolmentId, userId]));
  const bands = useMemo(() => bandsOf(rows), [rows]);
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {() =>
        rows.length === 0 ? (
          <EmptyState icon={CalendarCheck} title={t('reports.noneOverdue.title')}>
            {t('reports.noneOverdue.text')}
          </EmptyState>
        ) : (
          <>
            <ChartPart>
              <Chart
                kind="bar"
                title={t('reports.chart.overdue')}
                {...(found.hasNextPage && { lead: t('reports.chart.oldest', { count: rows.length }) })}
                of={t('reports.daysOverdue')}
                series={[{ key: 'count', label: t('reports.courses') }]}
                rows={bands}
                fileName="overdue"
              />
            </ChartPart>
            <TablePart title={t('reports.table.overdue')} view="overdue" search={search}>
              <DataTable
                label={t('reports.table.overdue')}
                rows={rows}
                keyOf={({ enrolmentId }) => enrolmentId}
                nameOf={({ name, courseTitle }) => `${name}, ${courseTitle}`}
                columns={overdueColumns}
                more={moreOf(found)}
                onOpen={(enrolmentId) => {
                  const userId = people.get(enrolmentId);
                  if (userId === undefined) return;
                  void navigate({ to: '/admin/reports/people/$userId', params: { userId } });
                }}
              />
            </TablePart>
          </>
        )
      }
    </Answer>
  );
}

const bandEnds = [7, 30, 90, Number.POSITIVE_INFINITY];

function bandsOf(rows: readonly OverdueRow[]): readonly ChartRow[] {
  return bandEnds.map((end, index) => {
    const start = bandEnds[index - 1] ?? -1;
    const count = rows.filter(({ daysOverdue }) => daysOverdue > start && daysOverdue <= end).length;
    const label = Number.isFinite(end)
      ? t('reports.band', { from: start + 1, to: end })
      : t('reports.bandOver', { from: start });
    return { label, values: { count } };
  });
}

const overdueColumns: readonly DataColumn<OverdueRow>[] = [
  personColumn,
  courseColumn,
  {
    id: 'team',
    get title() {
      return t('reports.team');
    },
    minWidth: 120,
    cell: ({ team }) => team ?? '–',
  },
  {
    id: 'manager',
    get title() {
      return t('reports.manager');
    },
    minWidth: 140,
    cell: ({ managerName }) => managerName ?? '–',
  },
  {
    id: 'due',
    get title() {
      return t('rules.dueDate');
    },
    minWidth: 130,
    cell: ({ dueAt, daysOverdue }) => (
      <span className="two-lines">
        <span>{formatShortDay(dueAt)}</span>
        <span className="table__detail">{t('reports.late', { count: daysOverdue })}</span>
      </span>
    ),
  },
];
