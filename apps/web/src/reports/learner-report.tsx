import { BookOpen } from 'lucide-react';
import type { EnrolmentSource, LearnerReport } from '#libs/contracts/courses';
import { Avatar } from '../design/avatar.js';
import { Badge } from '../design/badge.js';
import { EmptyState } from '../design/empty-state.js';
import { ProgressBar } from '../design/progress.js';
import { type Column, Table } from '../design/table.js';
import { formatShortDay } from '../language/dates.js';
import { formatPercent } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { Tiles } from './counts.js';
import { statusNames, statusTones } from './enrolment-status.js';
import './reports.css';
import '../design/table.css';

type Line = LearnerReport['courses'][number];

/** Everything that one person is to learn and has learnt. */
export function LearnerReportView({
  report: { person, totals, courses },
}: {
  readonly report: LearnerReport;
}) {
  const facts = [
    person.email,
    person.department,
    person.team,
    person.managerName === null ? null : t('reports.reportsTo', { name: person.managerName }),
  ];
  return (
    <>
      <div className="person-head">
        <Avatar name={person.name} size="l" />
        <p className="person-head__facts">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      </div>
      <Tiles counts={totals} />
      {courses.length === 0 ? (
        <EmptyState icon={BookOpen} title={t('reports.noCourses.title')}>
          {t('reports.noCourses.text')}
        </EmptyState>
      ) : (
        <Table
          label={t('reports.coursesOf', { name: person.name })}
          rows={courses}
          keyOf={({ enrolmentId }) => enrolmentId}
          columns={columnsOf()}
        />
      )}
    </>
  );
}

const columnsOf = (): readonly Column<Line>[] => [
  {
    title: t('reports.course'),
    cell: ({ courseTitle }) => <span className="table__name">{courseTitle}</span>,
  },
  {
    title: t('rules.state'),
    cell: ({ status, overdue }) =>
      overdue ? (
        <Badge tone="bad">{t('reports.overdue')}</Badge>
      ) : (
        <Badge tone={statusTones[status]}>{t(statusNames[status])}</Badge>
      ),
  },
  {
    title: t('reports.progress'),
    cell: ({ progress, courseTitle }) => (
      <span className="completion">
        <ProgressBar label={t('reports.progressIn', { name: courseTitle })} value={progress} />
        <span aria-hidden="true">{formatPercent(progress)}</span>
      </span>
    ),
  },
  { title: t('rules.dueDate'), cell: ({ dueAt }) => dayOr(dueAt) },
  { title: t('reports.completedOn'), cell: (line) => <CompletedOn line={line} /> },
  { title: t('reports.source'), cell: ({ source }) => t(sources[source]) },
];

/** The last time, and the times before that have ended or are about to. */
function CompletedOn({ line: { completedAt, earlier } }: { readonly line: Line }) {
  return (
    <span className="two-lines">
      <span>{dayOr(completedAt)}</span>
      {earlier.length > 0 && (
        <span className="table__detail">
          {t('reports.earlier', { days: earlier.map((one) => formatShortDay(one.completedAt)).join(', ') })}
        </span>
      )}
    </span>
  );
}

const dayOr = (instant: string | null): string => (instant === null ? '–' : formatShortDay(instant));

const sources: Readonly<Record<EnrolmentSource, MessageKey>> = {
  self: 'reports.source.self',
  assigned: 'reports.source.assigned',
  csv: 'reports.source.assigned',
  import: 'reports.source.import',
  rule: 'reports.source.rule',
};
