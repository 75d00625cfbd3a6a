import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { ReportFilter } from '#libs/contracts/courses';
import { requireUserId } from '#libs/tenancy';
import { csvStream, type Cell } from './csv.js';
import { MyTeamReport } from './my-team.read-model.js';
import { Reports, type EnrolmentLine } from './report.read-model.js';
import type { Counts } from './report-sql.js';

type ReportName = 'courses' | 'teams' | 'departments' | 'overdue' | 'enrolments';

const COUNTS = ['enrolled', 'not_started', 'in_progress', 'completed', 'overdue', 'completion_percent'];
const ENROLMENT = [
  ...['name', 'email', 'team', 'department', 'course', 'source', 'status', 'lessons_completed', 'lessons'],
  ...['due_at', 'enrolled_at', 'started_at', 'completed_at'],
];

/** Reports as CSV, by the same questions that the screens ask. */
@Injectable()
export class ExportReport {
  constructor(
    private readonly reports: Reports,
    private readonly myTeam: MyTeamReport,
  ) {}

  execute(report: ReportName, filter: ReportFilter): Readable {
    switch (report) {
      case 'courses':
        return csvStream(['course', ...COUNTS], () =>
          once(async () => {
            const { rows } = await this.reports.courses(filter);
            return rows.map((row) => [row.title, ...countCells(row)]);
          }),
        );
      case 'teams':
      case 'departments': {
        const by = report === 'teams' ? 'team' : 'department';
        return csvStream([by, 'people', ...COUNTS], () =>
          once(async () => {
            const { rows } = await this.reports.teams(filter, by);
            return rows.map((row) => [row.name, row.people, ...countCells(row)]);
          }),
        );
      }
      case 'overdue':
        return csvStream(
          [
            ...['name', 'email', 'team', 'department', 'manager', 'course', 'status', 'progress_percent'],
            ...['due_at', 'days_overdue'],
          ],
          () =>
            mapped(this.reports.everyOverdue(filter), (row) => [
              ...[row.name, row.email, row.team, row.department, row.managerName, row.courseTitle],
              ...[row.status, Math.floor(row.progress * 100), row.dueAt, row.daysOverdue],
            ]),
        );
      case 'enrolments':
        return csvStream(ENROLMENT, () => mapped(this.reports.enrolments(filter), enrolmentCells));
    }
  }

  /** @throws DomainError for who is no person, before the first line */
  ofMyTeam(): Readable {
    requireUserId();
    return csvStream(ENROLMENT, () => mapped(this.myTeam.enrolments(), enrolmentCells));
  }
}

function countCells({ enrolled, notStarted, inProgress, completed, overdue }: Counts): Cell[] {
  const percent = enrolled === 0 ? 0 : Math.floor((completed / enrolled) * 100);
  return [enrolled, notStarted, inProgress, completed, overdue, percent];
}

function enrolmentCells(row: EnrolmentLine): Cell[] {
  return [
    ...[row.name, row.email, row.team, row.department, row.title, row.source, row.status],
    ...[row.lessonsCompleted, row.lessonsTotal, row.dueAt, row.enrolledAt, row.startedAt, row.completedAt],
  ];
}

async function* once(rows: () => Promise<Cell[][]>): AsyncGenerator<Cell[][]> {
  yield await rows();
}

async function* mapped<T>(
  pages: AsyncIterable<readonly T[]>,
  cells: (row: T) => Cell[],
): AsyncGenerator<Cell[][]> {
  for await (const page of pages) yield page.map(cells);
}
