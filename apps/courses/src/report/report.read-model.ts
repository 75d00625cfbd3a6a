import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid, type Page } from '#libs/contracts';
import type {
  CompletionTrend,
  CourseReport,
  CourseReportRow,
  LearnerReport,
  OverdueRow,
  ReportFilter,
  TeamReport,
  TeamReportRow,
} from '#libs/contracts/courses';
import { DomainError } from '#libs/kernel';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { ReportShelf } from './report-shelf.js';
import {
  counts,
  filterValues,
  isEverything,
  isShortSpan,
  isSpan,
  reported,
  reportedFrom,
  spanValues,
  sumOf,
} from './report-sql.js';
import {
  everyBucket,
  everyCourse,
  everyCourseBetween,
  everyGroup,
  everyGroupBetween,
  peopleBetween,
} from './whole-academy-sql.js';

const byCourse = `
  WITH counted AS MATERIALIZED (
    SELECT e.course_id, ${counts} ${reportedFrom} WHERE ${reported} GROUP BY e.course_id
  )
  SELECT c.id AS "courseId", c.title, n.enrolled, n."notStarted", n."inProgress", n.completed, n.overdue
    FROM counted n JOIN courses.courses c ON c.id = n.course_id AND c.deleted_at IS NULL
   ORDER BY lower(c.title), c.id`;

// Person by person: to count them among millions of enrolments would mean to sort those.
const peopleWithEnrolments = `
  SELECT count(*)::integer AS people FROM courses.people p
   WHERE p.status <> 'deactivated' AND EXISTS (
     SELECT FROM courses.enrolments e
      WHERE e.tenant_id = p.tenant_id AND e.user_id = p.id AND ${reported})`;

const grouped = (column: 'team' | 'department') => `
  WITH here AS MATERIALIZED (
    SELECT p.id, p.${column} AS name FROM courses.people p
     WHERE p.status <> 'deactivated' AND ($2::text IS NULL OR p.team = $2)
       AND ($3::text IS NULL OR p.department = $3)
  ),
  counted AS MATERIALIZED (
    SELECT e.user_id, ${counts} ${reportedFrom} WHERE ${reported} GROUP BY e.user_id
  )
  SELECT h.name, count(*)::integer AS people, coalesce(sum(n.enrolled), 0)::integer AS enrolled,
         coalesce(sum(n."notStarted"), 0)::integer AS "notStarted",
         coalesce(sum(n."inProgress"), 0)::integer AS "inProgress",
         coalesce(sum(n.completed), 0)::integer AS completed, coalesce(sum(n.overdue), 0)::integer AS overdue
    FROM here h LEFT JOIN counted n ON n.user_id = h.id
   GROUP BY h.name
   ORDER BY h.name NULLS LAST`;
const groupings = {
  team: { filtered: grouped('team'), every: everyGroup('team'), between: everyGroupBetween('team') },
  department: {
    filtered: grouped('department'),
    every: everyGroup('department'),
    between: everyGroupBetween('department'),
  },
} as const;

const overdueColumns = `
  e.id AS "enrolmentId", e.user_id AS "userId", p.name, p.email, p.team, p.department, m.name AS "managerName",
  e.course_id AS "courseId", c.title AS "courseTitle", e.status,
  e.lessons_completed::float8 / e.lessons_total AS progress, e.due_at AS "dueAt",
  floor(extract(epoch FROM now() - e.due_at) / 86400)::integer AS "daysOverdue"`;

const overdue = `
  SELECT ${overdueColumns} ${reportedFrom}
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
    LEFT JOIN courses.people m ON m.tenant_id = p.tenant_id AND m.id = p.manager_id
   WHERE ${reported} AND e.status IN ('not_started', 'in_progress') AND e.due_at < now()
     AND (e.due_at, e.id) > ($6::timestamptz, $7::uuid)
   ORDER BY e.due_at, e.id
   LIMIT $8`;

const buckets = `
  WITH span AS (
    SELECT date_trunc($6, coalesce($4::timestamptz, now() - interval '26 weeks') AT TIME ZONE 'UTC') AS first,
           date_trunc($6, coalesce($5::timestamptz, now()) AT TIME ZONE 'UTC') AS last
  ),
  -- What was completed and has begun anew since counts when it was completed.
  ever AS (
    SELECT tenant_id, course_id, user_id, completed_at FROM courses.enrolments WHERE status = 'completed'
    UNION ALL
    SELECT tenant_id, course_id, user_id, completed_at FROM courses.completions
  ),
  done AS (
    SELECT date_trunc($6, e.completed_at AT TIME ZONE 'UTC') AS at, count(*)::integer AS n
      FROM ever e
      JOIN courses.people p ON p.tenant_id = e.tenant_id AND p.id = e.user_id
     WHERE p.status <> 'deactivated'
       AND ($1::uuid IS NULL OR e.course_id = $1) AND ($2::text IS NULL OR p.team = $2)
       AND ($3::text IS NULL OR p.department = $3)
       AND e.completed_at >= (SELECT first FROM span) AT TIME ZONE 'UTC'
     GROUP BY 1
  ),
  begun AS (
    SELECT date_trunc($6, e.enrolled_at AT TIME ZONE 'UTC') AS at, count(*)::integer AS n ${reportedFrom}
     WHERE e.status <> 'withdrawn' AND p.status <> 'deactivated'
       AND ($1::uuid IS NULL OR e.course_id = $1) AND ($2::text IS NULL OR p.team = $2)
       AND ($3::text IS NULL OR p.department = $3)
       AND e.enrolled_at >= (SELECT first FROM span) AT TIME ZONE 'UTC'
     GROUP BY 1
  )
  SELECT to_char(b.at, 'YYYY-MM-DD') AS "from", coalesce(d.n, 0) AS completed, coalesce(s.n, 0) AS enrolled
    FROM span, generate_series(span.first, span.last, ('1 ' || $6)::interval) AS b (at)
    LEFT JOIN done d ON d.at = b.at
    LEFT JOIN begun s ON s.at = b.at
   ORDER BY b.at
   LIMIT 260`;

const person = `
  SELECT p.id AS "userId", p.name, p.email, p.team, p.department, m.name AS "managerName"
    FROM courses.people p
    LEFT JOIN courses.people m ON m.tenant_id = p.tenant_id AND m.id = p.manager_id
   WHERE p.id = $1`;

const iso = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const coursesOf = `
  SELECT e.id AS "enrolmentId", e.course_id AS "courseId", c.title AS "courseTitle", e.source, e.status,
         e.lessons_completed::float8 / e.lessons_total AS progress, e.lessons_completed AS "lessonsCompleted",
         e.lessons_total AS "lessonsTotal", e.due_at AS "dueAt",
         coalesce(e.status <> 'completed' AND e.due_at < now(), false) AS overdue, e.enrolled_at AS "enrolledAt",
         e.started_at AS "startedAt", e.completed_at AS "completedAt", e.certificate_id AS "certificateId",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('completedAt', to_char(d.completed_at AT TIME ZONE 'UTC', ${iso}),
                   'expiresAt', to_char(d.expires_at AT TIME ZONE 'UTC', ${iso}), 'certificateId', d.certificate_id)
                   ORDER BY d.completed_at DESC), '[]')
            FROM courses.completions d WHERE d.tenant_id = e.tenant_id AND d.enrolment_id = e.id) AS earlier
    FROM courses.enrolments e
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
   WHERE e.user_id = $1 AND e.status <> 'withdrawn'
   ORDER BY e.status = 'completed', e.due_at NULLS LAST, e.id DESC
   LIMIT 1000`;

const everyEnrolment = `
  SELECT e.id, p.name, p.email, p.team, p.department, c.title, e.source, e.status,
         e.lessons_completed AS "lessonsCompleted", e.lessons_total AS "lessonsTotal", e.due_at AS "dueAt",
         e.enrolled_at AS "enrolledAt", e.started_at AS "startedAt", e.completed_at AS "completedAt" ${reportedFrom}
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
   WHERE ${reported} AND e.id > $6
   ORDER BY e.id
   LIMIT $7`;

/** The same, of the people of whose line of managers the first parameter of `below` is one. */
export interface EnrolmentLine {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly team: string | null;
  readonly department: string | null;
  readonly title: string;
  readonly source: string;
  readonly status: string;
  readonly lessonsCompleted: number;
  readonly lessonsTotal: number;
  readonly dueAt: Date | null;
  readonly enrolledAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
}

const duePlace = z.strictObject({ at: z.iso.datetime(), id: uuid() });
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

type Dates = 'dueAt' | 'enrolledAt' | 'startedAt' | 'completedAt';
type LearnerRow = Omit<LearnerReport['courses'][number], Dates> & {
  readonly dueAt: Date | null;
  readonly enrolledAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
};
type OverdueLine = Omit<OverdueRow, 'dueAt'> & { readonly dueAt: Date };

export class PersonNotFound extends DomainError {
  constructor() {
    super('not_found', 'person.not_found', 'There is no such person.');
  }
}

/** What managers ask: how far everybody is. Straight from the enrolments, as of now. */
@Injectable()
export class Reports {
  constructor(
    private readonly database: TenantDatabase,
    private readonly shelf: ReportShelf,
  ) {}

  async courses(filter: ReportFilter): Promise<CourseReport> {
    return this.shelf.take(nameOf('courses', filter), async () => {
      const [rows, [counted]] = await Promise.all([
        this.rowsOf<CourseReportRow>(filter, everyCourse, everyCourseBetween, byCourse),
        isShortSpan(filter)
          ? this.database.query<{ people: number }>(peopleBetween, [...spanValues(filter)])
          : this.database.query<{ people: number }>(peopleWithEnrolments, filterValues(filter)),
      ]);
      return { totals: { ...sumOf(rows), people: counted?.people ?? 0, courses: rows.length }, rows };
    });
  }

  async teams(filter: ReportFilter, by: 'team' | 'department'): Promise<TeamReport> {
    const { every, between, filtered } = groupings[by];
    return this.shelf.take(nameOf(by, filter), async () => ({
      rows: await this.rowsOf<TeamReportRow>(filter, every, between, filtered),
    }));
  }

  async overdue(filter: ReportFilter, limit: number, cursor: string | undefined): Promise<Page<OverdueRow>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, duePlace);
    const rows = await this.database.query<OverdueLine>(overdue, [
      ...[...filterValues(filter), after?.at ?? '-infinity', after?.id ?? FIRST_ID, limit + 1],
    ]);
    const items = rows.slice(0, limit).map((row) => ({ ...row, dueAt: row.dueAt.toISOString() }));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items,
      nextCursor: last === undefined ? null : encodeCursor({ at: last.dueAt, id: last.enrolmentId }),
    };
  }

  async trend(filter: ReportFilter, by: 'week' | 'month'): Promise<CompletionTrend> {
    return this.shelf.take(nameOf(`trend ${by}`, filter), async () => ({
      by,
      buckets: isSpan(filter)
        ? await this.database.query<CompletionTrend['buckets'][number]>(everyBucket, [
            ...[by, filter.from ?? null, filter.to ?? null],
          ])
        : await this.database.query<CompletionTrend['buckets'][number]>(buckets, [
            ...filterValues(filter),
            by,
          ]),
    }));
  }

  /** @throws PersonNotFound */
  async learner(userId: string): Promise<LearnerReport> {
    const [[known], rows] = await Promise.all([
      this.database.query<LearnerReport['person']>(person, [userId]),
      this.database.query<LearnerRow>(coursesOf, [userId]),
    ]);
    if (known === undefined) throw new PersonNotFound();
    const count = (status: string) => rows.filter((row) => row.status === status).length;
    return {
      person: known,
      totals: {
        enrolled: rows.length,
        notStarted: count('not_started'),
        inProgress: count('in_progress'),
        completed: count('completed'),
        overdue: rows.filter((row) => row.overdue).length,
      },
      courses: rows.map((row) => ({
        ...row,
        dueAt: row.dueAt?.toISOString() ?? null,
        enrolledAt: row.enrolledAt.toISOString(),
        startedAt: row.startedAt?.toISOString() ?? null,
        completedAt: row.completedAt?.toISOString() ?? null,
      })),
    };
  }

  /** Every enrolment that the filter leaves, by id, page by page. */
  async *enrolments(filter: ReportFilter, size = 2000): AsyncGenerator<readonly EnrolmentLine[]> {
    for (let after = FIRST_ID; ;) {
      const rows = await this.database.query<EnrolmentLine>(everyEnrolment, [
        ...[...filterValues(filter), after, size],
      ]);
      yield rows;
      const last = rows.at(-1);
      if (rows.length < size || last === undefined) return;
      after = last.id;
    }
  }

  /** By the statement that reads the least for what is asked. */
  private async rowsOf<T extends object>(
    filter: ReportFilter,
    every: string,
    between: string,
    filtered: string,
  ): Promise<T[]> {
    if (isEverything(filter)) return this.database.query<T>(every);
    if (isSpan(filter)) {
      return this.database.query<T>(between, [...spanValues(filter)]);
    }
    return this.database.query<T>(filtered, filterValues(filter));
  }

  async *everyOverdue(filter: ReportFilter, size = 2000): AsyncGenerator<readonly OverdueRow[]> {
    for (let cursor: string | undefined; ;) {
      const { items, nextCursor }: Page<OverdueRow> = await this.overdue(filter, size, cursor);
      yield items;
      if (nextCursor === null) return;
      cursor = nextCursor;
    }
  }
}

/** One place for one question. */
function nameOf(report: string, filter: ReportFilter): string {
  return `${report} ${JSON.stringify(filterValues(filter))}`;
}
