import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarCheck, ChartNoAxesColumn, Download, X } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import type { CourseReportRow, OverdueRow, TeamReportRow } from '#libs/contracts/courses';
import type { SortDescriptor } from 'react-aria-components/Table';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { ButtonAnchor } from '../design/button-link.js';
import type { ChartRow, ChartSeries } from '../design/chart.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { EmptyState } from '../design/empty-state.js';
import { SelectField, TextField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { formatAgo, formatShortDay } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { Completion, type Counts, Overdue, shareOf, Tile, Tiles } from './counts.js';
import { exportPath, type ReportSearch, type ReportView, reportViews } from './report-filter.js';
import { courseReportQuery, overdueQuery, teamReportQuery, trendQuery } from './reports.queries.js';
import './reports.css';

const Chart = lazy(async () => ({ default: (await import('../design/chart.js')).Chart }));

export function ReportsPage() {
  usePageTitle(t('admin.reports'));
  return may(useUser(), 'analytics.read') ? <Reports /> : <Forbidden />;
}

const viewNames: Readonly<Record<ReportView, MessageKey>> = {
  courses: 'reports.view.courses',
  teams: 'reports.view.teams',
  departments: 'reports.view.departments',
  overdue: 'reports.view.overdue',
  trend: 'reports.view.trend',
};

function Reports() {
  const search: ReportSearch = useSearch({ strict: false });
  const view = search.view ?? 'courses';
  return (
    <>
      <PageHeading
        title={t('admin.reports')}
        actions={
          <ButtonAnchor
            href={exportPath('enrolments', search)}
            download
            look="secondary"
            icon={<Download aria-hidden />}
          >
            {t('reports.everything')}
          </ButtonAnchor>
        }
      >
        {t('reports.lead')}
      </PageHeading>
      <nav className="report-tabs" aria-label={t('reports.views')}>
        {reportViews.map((one) => (
          <Link
            key={one}
            to="/admin/reports"
            search={{ ...search, view: one }}
            {...(one === view ? { 'aria-current': 'page' as const } : { 'aria-current': false as const })}
            activeProps={{}}
          >
            {t(viewNames[one])}
          </Link>
        ))}
      </nav>
      <Filters search={search} />
      {view === 'courses' && <CourseReport search={search} />}
      {view === 'teams' && <TeamReport search={search} by="team" />}
      {view === 'departments' && <TeamReport search={search} by="department" />}
      {view === 'overdue' && <OverdueReport search={search} />}
      {view === 'trend' && <TrendReport search={search} />}
    </>
  );
}

const ANY = '';

function Filters({ search }: { readonly search: ReportSearch }) {
  const api = useApi();
  const navigate = useNavigate();
  // What there is to choose from does not depend on what is chosen.
  const courses = useQuery({ ...courseReportQuery(api, {}), staleTime: 60_000 });
  const teams = useQuery({ ...teamReportQuery(api, {}, 'team'), staleTime: 60_000 });
  const departments = useQuery({ ...teamReportQuery(api, {}, 'department'), staleTime: 60_000 });
  const set = (key: keyof ReportSearch, value: string): void => {
    const others: ReportSearch = Object.fromEntries(Object.entries(search).filter(([name]) => name !== key));
    void navigate({
      to: '/admin/reports',
      search: value === ANY ? others : { ...others, [key]: value },
      replace: true,
    });
  };
  const names = (rows: readonly TeamReportRow[] | undefined) => [
    { value: ANY, label: t('reports.all') },
    ...(rows ?? []).flatMap(({ name }) => (name === null ? [] : [{ value: name, label: name }])),
  ];
  const isFiltered = Object.keys(search).some((key) => key !== 'view');
  return (
    <search className="report-filters">
      <SelectField
        label={t('reports.course')}
        value={search.course ?? ANY}
        onChange={(value) => {
          set('course', value);
        }}
        options={[
          { value: ANY, label: t('reports.all') },
          ...(courses.data?.rows ?? []).map(({ courseId, title }) => ({ value: courseId, label: title })),
        ]}
      />
      <SelectField
        label={t('reports.team')}
        value={search.team ?? ANY}
        onChange={(value) => {
          set('team', value);
        }}
        options={names(teams.data?.rows)}
      />
      <SelectField
        label={t('reports.department')}
        value={search.department ?? ANY}
        onChange={(value) => {
          set('department', value);
        }}
        options={names(departments.data?.rows)}
      />
      <TextField
        type="date"
        label={t('reports.from')}
        value={search.from ?? ''}
        onChange={(value) => {
          set('from', value);
        }}
      />
      <TextField
        type="date"
        label={t('reports.to')}
        value={search.to ?? ''}
        onChange={(value) => {
          set('to', value);
        }}
      />
      {isFiltered && (
        <Button
          look="quiet"
          icon={<X aria-hidden />}
          onPress={() => {
            const { view } = search;
            void navigate({
              to: '/admin/reports',
              search: view === undefined ? {} : { view },
              replace: true,
            });
          }}
        >
          {t('reports.clear')}
        </Button>
      )}
    </search>
  );
}

interface PartProps {
  readonly search: ReportSearch;
}

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

function ChartPart({ children }: { readonly children: ReactNode }) {
  return (
    <div className="report-part report-part--chart">
      <Suspense fallback={<Skeleton className="skeleton--list" />}>{children}</Suspense>
    </div>
  );
}

interface TablePartProps {
  readonly title: string;
  readonly view: ReportView;
  readonly search: ReportSearch;
  readonly children: ReactNode;
}

function TablePart({ title, view, search, children }: TablePartProps) {
  return (
    <section className="report-part" aria-label={title}>
      <div className="report-part__head">
        <h2 className="report-part__title">{title}</h2>
        <ButtonAnchor
          href={exportPath(view, search)}
          download
          look="secondary"
          size="s"
          icon={<Download aria-hidden />}
          aria-label={t('chart.saveOf', { title })}
        >
          {t('chart.csv')}
        </ButtonAnchor>
      </div>
      {children}
    </section>
  );
}

/** Where there are millions of enrolments a report is a few minutes old; it says so. */
function AsOf({ instant }: { readonly instant: string }) {
  return <p className="report-age">{t('reports.asOf', { when: formatAgo(instant) })}</p>;
}

function NothingYet() {
  return (
    <EmptyState icon={ChartNoAxesColumn} title={t('reports.none.title')}>
      {t('reports.none.text')}
    </EmptyState>
  );
}

function CourseReport({ search }: PartProps) {
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

function TeamReport({ search, by }: PartProps & { readonly by: 'team' | 'department' }) {
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

function OverdueReport({ search }: PartProps) {
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
  {
    id: 'name',
    get title() {
      return t('field.name');
    },
    width: '2fr',
    minWidth: 200,
    cell: ({ name, email }) => (
      <span className="two-lines">
        <span className="table__name">{name}</span>
        <span className="table__detail">{email}</span>
      </span>
    ),
  },
  {
    id: 'course',
    get title() {
      return t('reports.course');
    },
    width: '2fr',
    minWidth: 180,
    cell: ({ courseTitle }) => courseTitle,
  },
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

function TrendReport({ search }: PartProps) {
  const found = useQuery(trendQuery(useApi(), search));
  return (
    <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
      {({ buckets }) => (
        <ChartPart>
          <Chart
            kind="line"
            title={t('reports.chart.trend')}
            lead={t('reports.chart.trendLead')}
            of={t('reports.week')}
            series={[
              { key: 'completed', label: t('reports.completions'), tone: 'done' },
              { key: 'enrolled', label: t('reports.enrolments'), tone: 'underway' },
            ]}
            rows={buckets.map(({ from, completed, enrolled }) => ({
              label: formatShortDay(`${from}T12:00:00Z`),
              values: { completed, enrolled },
            }))}
            fileName="trend"
          />
        </ChartPart>
      )}
    </Answer>
  );
}
