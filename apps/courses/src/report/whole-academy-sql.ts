/**
 * The reports without a filter, or of a span of time alone. They go over all enrolments of the academy, so they read narrow indexes
 * and nothing else: of a million the rows themselves would have to come from the disk. What does not count, people who have left
 * and courses that were deleted, is little, and is taken away afterwards.
 */
const left = `gone AS MATERIALIZED (SELECT p.tenant_id, p.id FROM courses.people p WHERE p.status = 'deactivated')`;
const deleted = `gone AS MATERIALIZED (SELECT c.tenant_id, c.id FROM courses.courses c WHERE c.deleted_at IS NOT NULL)`;

type Key = 'course_id' | 'user_id';

/** `tally`: how many there are of each state, over the whole academy. */
const allOf = (key: Key, other: Key) => `
  tally AS (
    SELECT e.${key} AS id, e.status, count(*) AS n
      FROM courses.enrolments e WHERE e.status <> 'withdrawn' GROUP BY e.${key}, e.status
     UNION ALL
    SELECT e.${key}, e.status, -count(*)
      FROM gone g JOIN courses.enrolments e ON e.tenant_id = g.tenant_id AND e.${other} = g.id
     WHERE e.status <> 'withdrawn' GROUP BY e.${key}, e.status
     UNION ALL
    SELECT e.${key}, 'overdue', count(*)
      FROM courses.enrolments e
     WHERE e.status IN ('not_started', 'in_progress') AND e.due_at < now()
       AND NOT EXISTS (SELECT FROM gone g WHERE g.id = e.${other})
     GROUP BY e.${key}
  )`;

/** The same of those who were enrolled from $1 on and before $2. */
const allBetween = (key: Key, other: Key) => `
  span AS MATERIALIZED (
    SELECT e.${key} AS id, e.status, count(*) AS n, count(*) FILTER (WHERE e.due_at < now()) AS late
      FROM courses.enrolments e
     WHERE e.status <> 'withdrawn' AND e.enrolled_at >= $1::timestamptz AND e.enrolled_at < $2::timestamptz
       AND NOT EXISTS (SELECT FROM gone g WHERE g.id = e.${other})
     GROUP BY e.${key}, e.status
  ),
  tally AS (
    SELECT id, status, n FROM span
     UNION ALL
    SELECT id, 'overdue', late FROM span WHERE status <> 'completed'
  )`;

/** `counted`: one row a `key`, without the enrolments whose `other` is gone. */
const counted = `
  counted AS MATERIALIZED (
    SELECT t.id, coalesce(sum(t.n) FILTER (WHERE t.status <> 'overdue'), 0)::integer AS enrolled,
           coalesce(sum(t.n) FILTER (WHERE t.status = 'not_started'), 0)::integer AS "notStarted",
           coalesce(sum(t.n) FILTER (WHERE t.status = 'in_progress'), 0)::integer AS "inProgress",
           coalesce(sum(t.n) FILTER (WHERE t.status = 'completed'), 0)::integer AS completed,
           coalesce(sum(t.n) FILTER (WHERE t.status = 'overdue'), 0)::integer AS overdue
      FROM tally t GROUP BY t.id
  )`;

const courses = (tally: string) => `
  WITH ${left}, ${tally}, ${counted}
  SELECT c.id AS "courseId", c.title, n.enrolled, n."notStarted", n."inProgress", n.completed, n.overdue
    FROM counted n JOIN courses.courses c ON c.id = n.id AND c.deleted_at IS NULL
   WHERE n.enrolled > 0
   ORDER BY lower(c.title), c.id`;
export const everyCourse = courses(allOf('course_id', 'user_id'));
export const everyCourseBetween = courses(allBetween('course_id', 'user_id'));

const groups = (column: 'team' | 'department', tally: string) => `
  WITH ${deleted}, ${tally}, ${counted}
  SELECT p.${column} AS name, count(*)::integer AS people, coalesce(sum(n.enrolled), 0)::integer AS enrolled,
         coalesce(sum(n."notStarted"), 0)::integer AS "notStarted",
         coalesce(sum(n."inProgress"), 0)::integer AS "inProgress",
         coalesce(sum(n.completed), 0)::integer AS completed, coalesce(sum(n.overdue), 0)::integer AS overdue
    FROM courses.people p LEFT JOIN counted n ON n.id = p.id
   WHERE p.status <> 'deactivated'
   GROUP BY p.${column}
   ORDER BY p.${column} NULLS LAST`;
export const everyGroup = (column: 'team' | 'department') => groups(column, allOf('user_id', 'course_id'));
export const everyGroupBetween = (column: 'team' | 'department') =>
  groups(column, allBetween('user_id', 'course_id'));

/** Who was enrolled from $1 on and before $2. */
export const peopleBetween = `
  WITH ${deleted}, enrolled AS MATERIALIZED (
    SELECT e.user_id AS id
      FROM courses.enrolments e
     WHERE e.status <> 'withdrawn' AND e.enrolled_at >= $1::timestamptz AND e.enrolled_at < $2::timestamptz
       AND NOT EXISTS (SELECT FROM gone g WHERE g.id = e.course_id)
     GROUP BY e.user_id
  )
  SELECT count(*)::integer AS people
    FROM enrolled e JOIN courses.people p ON p.id = e.id AND p.status <> 'deactivated'`;

const during = (instant: string) => `${instant} >= b.since AND ${instant} < b.until`;

/** By week or month ($1), from $2 to $3, or the last 26 weeks. */
export const everyBucket = `
  WITH ${left},
  span AS (
    SELECT date_trunc($1, coalesce($2::timestamptz, now() - interval '26 weeks') AT TIME ZONE 'UTC') AS first,
           date_trunc($1, coalesce($3::timestamptz, now()) AT TIME ZONE 'UTC') AS last
  ),
  bucket AS MATERIALIZED (
    SELECT b.at, b.at AT TIME ZONE 'UTC' AS since, (b.at + ('1 ' || $1)::interval) AT TIME ZONE 'UTC' AS until
      FROM span, generate_series(span.first, span.last, ('1 ' || $1)::interval) AS b (at)
  ),
  theirs AS MATERIALIZED (
    SELECT e.status, e.completed_at, e.enrolled_at
      FROM gone g JOIN courses.enrolments e ON e.tenant_id = g.tenant_id AND e.user_id = g.id
     WHERE e.status <> 'withdrawn'
  )
  SELECT to_char(b.at, 'YYYY-MM-DD') AS "from",
         ((SELECT count(*) FROM courses.enrolments e WHERE e.status = 'completed' AND ${during('e.completed_at')})
          - (SELECT count(*) FROM theirs e WHERE e.status = 'completed' AND ${during('e.completed_at')})
          + (SELECT count(*) FROM courses.completions d
              WHERE ${during('d.completed_at')} AND NOT EXISTS (SELECT FROM gone g WHERE g.id = d.user_id)))::integer
           AS completed,
         ((SELECT count(*) FROM courses.enrolments e WHERE e.status <> 'withdrawn' AND ${during('e.enrolled_at')})
          - (SELECT count(*) FROM theirs e WHERE ${during('e.enrolled_at')}))::integer AS enrolled
    FROM bucket b
   ORDER BY b.at
   LIMIT 260`;
