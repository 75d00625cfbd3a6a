import type { ReportFilter } from '#libs/contracts/courses';

/** Of `courses.enrolments e` and `courses.people p`: what a report counts. The five parameters are `filterValues`. */
export const reported = `
  e.status <> 'withdrawn' AND p.status <> 'deactivated'
  AND ($1::uuid IS NULL OR e.course_id = $1) AND ($2::text IS NULL OR p.team = $2)
  AND ($3::text IS NULL OR p.department = $3) AND ($4::timestamptz IS NULL OR e.enrolled_at >= $4)
  AND ($5::timestamptz IS NULL OR e.enrolled_at < $5)
  AND NOT EXISTS (SELECT FROM courses.courses gone
                   WHERE gone.tenant_id = e.tenant_id AND gone.id = e.course_id AND gone.deleted_at IS NOT NULL)`;

export function filterValues({ courseId, team, department, from, to }: ReportFilter): unknown[] {
  return [courseId ?? null, team ?? null, department ?? null, from ?? null, to ?? null];
}

/** Nothing is filtered: the whole academy. */
export const isEverything = (filter: ReportFilter): boolean =>
  filterValues(filter).every((value) => value === null);

/** No more than the time is filtered: the whole academy, of these days. */
export const isSpan = ({ courseId, team, department }: ReportFilter): boolean =>
  [courseId, team, department].every((value) => value === undefined);

const SHORT_DAYS = 100;

/** A span that has few of the enrolments: those are quicker to go through than all people, who are asked one by one otherwise. */
export function isShortSpan(filter: ReportFilter): boolean {
  const { from, to } = filter;
  if (!isSpan(filter) || from === undefined || to === undefined) return false;
  return new Date(to).getTime() - new Date(from).getTime() <= SHORT_DAYS * 86_400_000;
}

export function spanValues({ from, to }: ReportFilter): readonly [string, string] {
  return [from ?? '-infinity', to ?? 'infinity'];
}

export const reportedFrom = `
    FROM courses.enrolments e
    JOIN courses.people p ON p.tenant_id = e.tenant_id AND p.id = e.user_id`;

export const counts = `
  count(*)::integer AS enrolled,
  count(*) FILTER (WHERE e.status = 'not_started')::integer AS "notStarted",
  count(*) FILTER (WHERE e.status = 'in_progress')::integer AS "inProgress",
  count(*) FILTER (WHERE e.status = 'completed')::integer AS completed,
  count(*) FILTER (WHERE e.status <> 'completed' AND e.due_at < now())::integer AS overdue`;

export interface Counts {
  readonly enrolled: number;
  readonly notStarted: number;
  readonly inProgress: number;
  readonly completed: number;
  readonly overdue: number;
}

export const nothing: Counts = { enrolled: 0, notStarted: 0, inProgress: 0, completed: 0, overdue: 0 };

export function sumOf(rows: readonly Counts[]): Counts {
  return rows.reduce(
    (sum, row) => ({
      enrolled: sum.enrolled + row.enrolled,
      notStarted: sum.notStarted + row.notStarted,
      inProgress: sum.inProgress + row.inProgress,
      completed: sum.completed + row.completed,
      overdue: sum.overdue + row.overdue,
    }),
    nothing,
  );
}

/** The people below somebody, however deep; people who manage each other in a circle end it. */
export const below = `
  RECURSIVE line AS (
    SELECT p.id, 1 AS level FROM courses.people p WHERE p.manager_id = $1 AND p.id <> $1
    UNION
    SELECT p.id, l.level + 1
      FROM line l JOIN courses.people p ON p.manager_id = l.id AND p.id <> $1
     WHERE l.level < 20
  ),
  below AS MATERIALIZED (SELECT id, min(level) AS level FROM line GROUP BY id)`;
