import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { TenantDatabase } from '#libs/sharding';
import { Renewals, type BegunAnew } from './renewal.repository.js';
import type { Renewal } from './renewal.js';

// Where several rules hold the same enrolment the strictest counts. A rule that is paused still says until when a
// completion holds, and begins nothing anew. Notices are at eight in the morning, UTC, of their day.
const policy = `
  policy AS (
    SELECT e.tenant_id, e.id, min(ends.at) AS expires_at,
           (array_agg(r.renew_notice_days ORDER BY ends.at, r.renew_notice_days DESC))[1] AS notice_days,
           min((date_trunc('day', ends.at AT TIME ZONE 'UTC')
                + make_interval(days => -r.renew_notice_days, hours => 8)) AT TIME ZONE 'UTC')
             FILTER (WHERE r.status = 'active') AS notice_at
      FROM courses.enrolments e
      JOIN courses.rule_assignments a ON a.tenant_id = e.tenant_id AND a.enrolment_id = e.id
      JOIN courses.rules r
        ON r.tenant_id = a.tenant_id AND r.id = a.rule_id AND r.deleted_at IS NULL AND r.renew_after_months IS NOT NULL
     CROSS JOIN LATERAL courses.expiry(e.completed_at, r.renew_after_months) AS ends (at)
     WHERE e.id = ANY ($1::uuid[]) AND e.status = 'completed'
     GROUP BY e.tenant_id, e.id
  )`;

const refresh = `
  WITH ${policy},
  gone AS (
    DELETE FROM courses.renewals n
     WHERE n.enrolment_id = ANY ($1::uuid[])
       AND NOT EXISTS (SELECT FROM policy WHERE policy.id = n.enrolment_id)
  )
  INSERT INTO courses.renewals AS n (tenant_id, enrolment_id, expires_at, notice_days, notice_at)
  SELECT tenant_id, id, expires_at, notice_days, notice_at FROM policy
  ON CONFLICT (tenant_id, enrolment_id) DO UPDATE
     SET expires_at = excluded.expires_at, notice_days = excluded.notice_days, notice_at = excluded.notice_at
   WHERE (n.expires_at, n.notice_days, n.notice_at)
         IS DISTINCT FROM (excluded.expires_at, excluded.notice_days, excluded.notice_at)`;

// The certificate of what is completed now; earlier ones keep the end that they had.
const refreshCertificates = `
  UPDATE courses.certificates c SET expires_at = n.expires_at
    FROM courses.enrolments e
    LEFT JOIN courses.renewals n ON n.tenant_id = e.tenant_id AND n.enrolment_id = e.id
   WHERE e.id = ANY ($1::uuid[]) AND c.tenant_id = e.tenant_id AND c.id = e.certificate_id
     AND c.expires_at IS DISTINCT FROM n.expires_at`;

const take = `
  WITH due AS MATERIALIZED (
    SELECT n.* FROM courses.renewals n
     WHERE n.notice_at <= $1 ORDER BY n.notice_at LIMIT $2 FOR UPDATE SKIP LOCKED
  )
  SELECT n.enrolment_id AS "enrolmentId", e.course_id AS "courseId", e.user_id AS "userId",
         c.title AS "courseTitle", e.certificate_id AS "certificateId", e.completed_at AS "completedAt",
         n.expires_at AS "expiresAt", n.notice_days AS "noticeDays",
         c.deleted_at IS NULL AND c.published_version IS NOT NULL
           AND p.status IS DISTINCT FROM 'deactivated' AS open
    FROM due n
    JOIN courses.enrolments e ON e.tenant_id = n.tenant_id AND e.id = n.enrolment_id AND e.status = 'completed'
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id
    LEFT JOIN courses.people p ON p.tenant_id = e.tenant_id AND p.id = e.user_id
   ORDER BY n.notice_at, n.enrolment_id`;

const rest = 'UPDATE courses.renewals SET notice_at = NULL WHERE enrolment_id = ANY ($1::uuid[])';

const keep = `
  INSERT INTO courses.completions (tenant_id, id, enrolment_id, course_id, user_id, version, source, certificate_id,
                                   enrolled_at, started_at, completed_at, expires_at, renewed_at)
  SELECT e.tenant_id, given.id, e.id, e.course_id, e.user_id, e.version, e.source, e.certificate_id, e.enrolled_at,
         e.started_at, e.completed_at, n.expires_at, $3
    FROM unnest($1::uuid[], $2::uuid[]) AS given (enrolment_id, id)
    JOIN courses.enrolments e ON e.id = given.enrolment_id
    JOIN courses.renewals n ON n.tenant_id = e.tenant_id AND n.enrolment_id = e.id`;

const forgetProgress = 'DELETE FROM courses.lesson_progress WHERE enrolment_id = ANY ($1::uuid[])';

const begin = `
  UPDATE courses.enrolments e
     SET status = 'not_started', version = v.number, lessons_total = v.lessons, lessons_completed = 0,
         next_lesson_id = v.first_lesson_id, certificate_id = NULL, source = 'rule', due_at = given.due_at,
         enrolled_at = $3, enrolled_by = NULL, started_at = NULL, completed_at = NULL, renewed_at = $3
    FROM unnest($1::uuid[], $2::timestamptz[]) AS given (id, due_at), courses.courses c, courses.versions v
   WHERE e.id = given.id AND c.tenant_id = e.tenant_id AND c.id = e.course_id
     AND v.tenant_id = c.tenant_id AND v.course_id = c.id AND v.number = c.published_version`;

const forget = 'DELETE FROM courses.renewals WHERE enrolment_id = ANY ($1::uuid[])';

@Injectable()
export class PgRenewals extends Renewals {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async refresh(enrolmentIds: readonly string[]): Promise<void> {
    if (enrolmentIds.length === 0) return;
    await this.database.query(refresh, [enrolmentIds]);
    await this.database.query(refreshCertificates, [enrolmentIds]);
  }

  async take(now: Date, limit: number): Promise<Renewal[]> {
    return this.database.query<Renewal>(take, [now, limit]);
  }

  async rest(enrolmentIds: readonly string[]): Promise<void> {
    await this.database.query(rest, [enrolmentIds]);
  }

  async begin(begun: readonly BegunAnew[], now: Date): Promise<void> {
    const ids = begun.map(({ enrolmentId }) => enrolmentId);
    await this.database.query(keep, [ids, ids.map(() => newId()), now]);
    await this.database.query(forgetProgress, [ids]);
    await this.database.query(begin, [ids, begun.map(({ dueAt }) => dueAt), now]);
    await this.database.query(forget, [ids]);
  }
}
