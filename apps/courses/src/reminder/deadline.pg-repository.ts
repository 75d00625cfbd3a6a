import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { DEFAULT_REMINDERS, type Deadline } from './deadline.js';
import { Deadlines } from './deadline.repository.js';

// Rules that are paused or deleted are silent. Where several hold the same enrolment, all are heard.
const refresh = `
  WITH given AS (
    SELECT e.tenant_id, e.id, e.due_at, policy.*
      FROM courses.enrolments e
     CROSS JOIN LATERAL (
        SELECT CASE WHEN count(r.id) = 0 THEN $3::integer[]
                    ELSE coalesce(array_agg(DISTINCT d.days ORDER BY d.days) FILTER
                      (WHERE d.days IS NOT NULL AND r.status = 'active' AND r.deleted_at IS NULL), '{}')
               END AS reminders,
               min(r.escalate_after_days) FILTER (WHERE r.status = 'active' AND r.deleted_at IS NULL) AS escalate
          FROM courses.rule_assignments a
          JOIN courses.rules r ON r.tenant_id = a.tenant_id AND r.id = a.rule_id
          LEFT JOIN LATERAL unnest(r.reminders) AS d (days) ON true
         WHERE a.tenant_id = e.tenant_id AND a.enrolment_id = e.id
     ) AS policy
     WHERE e.id = ANY ($1::uuid[]) AND e.due_at IS NOT NULL AND e.status IN ('not_started', 'in_progress')
  )
  INSERT INTO courses.deadlines AS d (tenant_id, enrolment_id, due_at, reminders, escalate_after_days, next_at)
  SELECT g.tenant_id, g.id, g.due_at, g.reminders, g.escalate,
         courses.next_step(g.due_at, g.reminders, g.escalate, $2)
    FROM given g
  ON CONFLICT (tenant_id, enrolment_id) DO UPDATE
     SET due_at = excluded.due_at, reminders = excluded.reminders,
         escalate_after_days = excluded.escalate_after_days, next_at = excluded.next_at
   WHERE (d.due_at, d.reminders, d.escalate_after_days)
         IS DISTINCT FROM (excluded.due_at, excluded.reminders, excluded.escalate_after_days)`;

const forget = `
  DELETE FROM courses.deadlines d
   WHERE d.enrolment_id = ANY ($1::uuid[])
     AND NOT EXISTS (SELECT FROM courses.enrolments e
                      WHERE e.tenant_id = d.tenant_id AND e.id = d.enrolment_id AND e.due_at IS NOT NULL
                        AND e.status IN ('not_started', 'in_progress'))`;

const take = `
  WITH due AS MATERIALIZED (
    SELECT d.* FROM courses.deadlines d
     WHERE d.next_at <= $1 ORDER BY d.next_at LIMIT $2 FOR UPDATE SKIP LOCKED
  )
  SELECT d.enrolment_id AS "enrolmentId", e.course_id AS "courseId", e.user_id AS "userId",
         c.title AS "courseTitle", coalesce(p.name, '') AS "learnerName",
         CASE WHEN m.status = 'active' THEN m.id END AS "managerId",
         e.lessons_completed::float8 / e.lessons_total AS progress, d.due_at AS "dueAt", d.reminders,
         d.escalate_after_days AS "escalateAfterDays", d.next_at AS "nextAt",
         e.status IN ('not_started', 'in_progress') AND e.due_at = d.due_at AND c.deleted_at IS NULL
           AND p.status IS DISTINCT FROM 'deactivated' AS open
    FROM due d
    JOIN courses.enrolments e ON e.tenant_id = d.tenant_id AND e.id = d.enrolment_id
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id
    LEFT JOIN courses.people p ON p.tenant_id = e.tenant_id AND p.id = e.user_id
    LEFT JOIN courses.people m ON m.tenant_id = p.tenant_id AND m.id = p.manager_id
   ORDER BY d.next_at, d.enrolment_id`;

const advance = `
  UPDATE courses.deadlines d
     SET next_at = courses.next_step(d.due_at, d.reminders, d.escalate_after_days, $2)
   WHERE d.enrolment_id = ANY ($1::uuid[])`;

@Injectable()
export class PgDeadlines extends Deadlines {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async refresh(enrolmentIds: readonly string[], now: Date): Promise<void> {
    if (enrolmentIds.length === 0) return;
    await this.database.query(forget, [enrolmentIds]);
    await this.database.query(refresh, [enrolmentIds, now, DEFAULT_REMINDERS]);
  }

  async take(now: Date, limit: number): Promise<Deadline[]> {
    return this.database.query<Deadline>(take, [now, limit]);
  }

  async advance(taken: readonly Deadline[], now: Date): Promise<void> {
    const ids = taken.map(({ enrolmentId }) => enrolmentId);
    // What is over stays without a next step until the enrolment is touched again; it costs nothing.
    await this.database.query(forget, [ids]);
    await this.database.query(advance, [ids, now]);
  }
}
