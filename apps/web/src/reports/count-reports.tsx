import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CourseReportRow, TeamReportRow } from '#libs/contracts/courses';
import type { SortDescriptor } from 'react-aria-components/Table';
import { useApi } from '../api/api-context.js';
import type { ChartRow, ChartSeries } from '../design/chart.js';
import { type DataColumn, DataTable } from '../design/data-table.js';
import { Skeleton } from '../design/skeleton.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { Completion, type Counts, Overdue, shareOf, Tile, Tiles } from './counts.js';
import { AsOf, Chart, ChartPart, NothingYet, type ReportProps, TablePart } from './report-parts.js';
import { courseReportQuery, teamReportQuery } from './reports.queries.js';

const CHARTED = 12;
const countSeries = (): readonly ChartSeries[] => [
  { key: 'completed', label: t('reports.completed'), tone: 'done' },
  { key: 'inProgress', label: t('reports.inProgress'), tone: 'underway' },
  { key: 'notStarted', label: t('reports.notStarted'), tone: 'open' },
];

const chartRow = (label: string, { completed, inProgress, notStarted }: Counts): ChartRow => ({
  label,
  values: { completed, inProgress, notStarted },
});

/** More bars than that nobody can read; the table has them all. */
const largest = <T extends Counts>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => b.enrolled - a.enrolled).slice(0, CHARTED);

export function CourseReport({ search }: ReportProps) {
  const found = useQuery(courseReportQuery(useApi(), search));
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ rows, totals, asOf }) =>
        rows.length === 0 ? (
          <NothingYet />
        ) : (
          <>
            <Tiles counts={totals}>
              <Tile name={t('reports.people')}>{formatNumber(totals.people)}</Tile>
            </Tiles>
            <AsOf instant={asOf} />
            <ChartPart>
              <Chart
                kind="bar"
                title={t('reports.chart.courses')}
                {...(rows.length > CHARTED && { lead: t('reports.chart.largest', { count: CHARTED }) })}
                of={t('reports.course')}
                series={countSeries()}
                rows={largest(rows).map((row) => chartRow(row.title, row))}
                fileName="courses"
              />
            </ChartPart>
            <TablePart title={t('reports.table.courses')} view="courses" search={search}>
              <CountTable
                label={t('reports.table.courses')}
                first={t('reports.course')}
                rows={rows.map(courseLine)}
              />
            </TablePart>
          </>
        )
      }
    </Answer>
  );
}

export function TeamReport({ search, by }: ReportProps & { readonly by: 'team' | 'department' }) {
  const found = useQuery(teamReportQuery(useApi(), search, by));
  const title = by === 'team' ? t('reports.table.teams') : t('reports.table.departments');
  const of = by === 'team' ? t('reports.team') : t('reports.department');
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ rows, asOf }) =>
        rows.every(({ enrolled }) => enrolled === 0) ? (
          <NothingYet />
        ) : (
          <>
            <AsOf instant={asOf} />
            <ChartPart>
              <Chart
                kind="bar"
                title={title}
                {...(rows.length > CHARTED && { lead: t('reports.chart.largestTeams', { count: CHARTED }) })}
                of={of}
                series={countSeries()}
                rows={largest(rows).map((row) => chartRow(row.name ?? t('reports.without'), row))}
                fileName={by === 'team' ? 'teams' : 'departments'}
              />
            </ChartPart>
            <TablePart title={title} view={by === 'team' ? 'teams' : 'departments'} search={search}>
              <CountTable label={title} first={of} withPeople rows={rows.map(teamLine)} />
            </TablePart>
          </>
        )
      }
    </Answer>
  );
}

interface CountLine extends Counts {
  readonly id: string;
  readonly name: string;
  readonly people: number;
}

const courseLine = ({ courseId, title, ...counts }: CourseReportRow): CountLine => ({
  ...{ id: courseId, name: title, people: 0, ...counts },
});
const teamLine = ({ name, ...counts }: TeamReportRow): CountLine => ({
  ...{ id: name ?? '', name: name ?? t('reports.without'), ...counts },
});

interface CountTableProps {
  readonly label: string;
  readonly first: string;
  readonly rows: readonly CountLine[];
  readonly withPeople?: boolean;
}

/** All rows are here, so it sorts them here. */
function CountTable({ label, first, rows, withPeople = false }: CountTableProps) {
  const [sort, setSort] = useState<SortDescriptor>({ column: 'name', direction: 'ascending' });
  const columns = useMemo((): readonly DataColumn<CountLine>[] => {
    const number = (id: 'enrolled' | 'inProgress' | 'notStarted' | 'people', title: string) => ({
      ...{ id, title, sorts: true, align: 'end' as const, minWidth: 116 },
      cell: (row: CountLine) => formatNumber(row[id]),
    });
    return [
      {
        ...{ id: 'name', title: first, sorts: true, width: '2fr', minWidth: 200 },
        cell: ({ name }) => name,
      },
      ...(withPeople ? [number('people', t('reports.people'))] : []),
      number('enrolled', t('reports.enrolled')),
      {
        ...{ id: 'share', title: t('reports.completion'), sorts: true, width: '2fr', minWidth: 180 },
        cell: (row) => <Completion counts={row} of={row.name} />,
      },
      number('inProgress', t('reports.inProgress')),
      number('notStarted', t('reports.notStarted')),
      {
        ...{ id: 'overdue', title: t('reports.overdue'), sorts: true, align: 'end', minWidth: 110 },
        cell: ({ overdue }) => <Overdue count={overdue} />,
      },
    ];
  }, [first, withPeople]);
  return (
    <DataTable
      label={label}
      rows={sorted(rows, sort)}
      keyOf={({ id }) => id}
      nameOf={({ name }) => name}
      columns={columns}
      sort={sort}
      onSort={setSort}
    />
  );
}

function sorted(rows: readonly CountLine[], { column, direction }: SortDescriptor): readonly CountLine[] {
  const sign = direction === 'descending' ? -1 : 1;
  const valueOf = (row: CountLine): number => {
    switch (column) {
      case 'people':
      case 'enrolled':
      case 'inProgress':
      case 'notStarted':
      case 'overdue':
        return row[column];
      default:
        return shareOf(row);
    }
  };
  return [...rows].sort((a, b) =>
    column === 'name' ? sign * a.name.localeCompare(b.name) : sign * (valueOf(a) - valueOf(b)),
  );
}
