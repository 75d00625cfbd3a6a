import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { fulfils } from './rule-match.js';
import type { Rule } from './rule.js';
import {
  RuleRepository,
  type Assignable,
  type HeldAssignment,
  type NewAssignment,
  type Redated,
  type Released,
} from './rule.repository.js';

/** Of `courses.rules r`, as the contract has it. */
export const renewalColumn = `
  CASE WHEN r.renew_after_months IS NOT NULL
       THEN jsonb_build_object('afterMonths', r.renew_after_months, 'noticeDays', r.renew_notice_days) END`;

const ruleColumns = `
  r.id, r.name, r.status, r.match, r.conditions,
  (SELECT coalesce(array_agg(c.course_id ORDER BY c.position), '{}') FROM courses.rule_courses c
    WHERE c.tenant_id = r.tenant_id AND c.rule_id = r.id) AS "courseIds",
  jsonb_strip_nulls(jsonb_build_object('kind', r.due_kind, 'days', r.due_days,
    'at', to_char(r.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) AS due,
  r.reminders, r.escalate_after_days AS "escalateAfterDays", ${renewalColumn} AS renewal, r.revision, r.created_at AS "createdAt",
  r.updated_at AS "updatedAt", r.deleted_at AS "deletedAt"`;

const add = `
  INSERT INTO courses.rules (tenant_id, id, name, status, match, conditions, due_kind, due_at, due_days, reminders,
                             escalate_after_days, renew_after_months, renew_notice_days, revision, created_by,
                             created_at, updated_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`;

const addCourses = `
  INSERT INTO courses.rule_courses (tenant_id, rule_id, course_id, position)
  SELECT app.current_tenant(), $1, given.id, given.n
    FROM unnest($2::uuid[]) WITH ORDINALITY AS given (id, n)
  ON CONFLICT (tenant_id, rule_id, course_id) DO UPDATE SET position = excluded.position`;
const dropCourses = 'DELETE FROM courses.rule_courses WHERE rule_id = $1 AND course_id <> ALL ($2::uuid[])';

const lock = `SELECT ${ruleColumns} FROM courses.rules r WHERE r.id = $1 FOR UPDATE OF r`;

const save = `
  UPDATE courses.rules
     SET name = $2, status = $3, match = $4, conditions = $5::jsonb, due_kind = $6, due_at = $7, due_days = $8,
         reminders = $9, escalate_after_days = $10, renew_after_months = $11, renew_notice_days = $12,
         revision = $13, updated_at = $14, deleted_at = $15
   WHERE id = $1`;

const unknownCourses = `
  SELECT given.id FROM unnest($1::uuid[]) AS given (id)
   WHERE NOT EXISTS (SELECT FROM courses.courses c WHERE c.id = given.id AND c.deleted_at IS NULL)`;

const demand = `
  INSERT INTO courses.rule_work (tenant_id, rule_id, revision, not_before)
  VALUES (app.current_tenant(), $1, $2, $3)
  ON CONFLICT (tenant_id, rule_id) DO UPDATE SET revision = excluded.revision, not_before = excluded.not_before`;
const demandByCourses = `
  INSERT INTO courses.rule_work (tenant_id, rule_id, revision, not_before)
  SELECT DISTINCT r.tenant_id, r.id, r.revision, $2::timestamptz
    FROM courses.rule_courses c
    JOIN courses.rules r ON r.tenant_id = c.tenant_id AND r.id = c.rule_id AND r.deleted_at IS NULL
   WHERE c.course_id = ANY ($1::uuid[])
  ON CONFLICT (tenant_id, rule_id) DO NOTHING`;
const demanded = 'SELECT revision FROM courses.rule_work WHERE rule_id = $1 AND not_before <= $2';
const fulfilled = 'DELETE FROM courses.rule_work WHERE rule_id = $1 AND revision = $2';

// Whoever goes through a rule holds it for himself alone: neither misses what the other does.
const holdActive = `
  SELECT ${ruleColumns} FROM courses.rules r
   WHERE r.status = 'active' AND r.deleted_at IS NULL ORDER BY r.id FOR SHARE OF r`;

const everybody = `
  SELECT p.id FROM courses.people p
   WHERE p.status <> 'deactivated' AND ${fulfils('$1', '$2::jsonb')} ORDER BY p.id`;

const assignable = `
  WITH held AS MATERIALIZED (
    SELECT r.tenant_id, r.id AS rule_id, p.id, p.joined_at
      FROM courses.rules r
      JOIN courses.people p ON p.tenant_id = r.tenant_id
     WHERE ($1::uuid IS NULL OR r.id = $1) AND r.status = 'active' AND r.deleted_at IS NULL
       AND p.id = ANY ($2::uuid[]) AND p.status <> 'deactivated' AND ${fulfils('r.match', 'r.conditions')}
  )
  SELECT h.rule_id AS "ruleId", c.course_id AS "courseId", h.id AS "userId", h.joined_at AS "joinedAt"
    FROM held h
    JOIN courses.rule_courses c ON c.tenant_id = h.tenant_id AND c.rule_id = h.rule_id
    JOIN courses.courses k
      ON k.tenant_id = c.tenant_id AND k.id = c.course_id AND k.deleted_at IS NULL AND k.published_version IS NOT NULL
   WHERE NOT EXISTS (SELECT FROM courses.rule_assignments a
                      WHERE a.tenant_id = h.tenant_id AND a.rule_id = h.rule_id AND a.course_id = c.course_id
                        AND a.user_id = h.id)
   ORDER BY c.course_id, h.id`;

const heldColumns = `
  a.rule_id AS "ruleId", a.course_id AS "courseId", a.user_id AS "userId", a.due_at AS "dueAt",
  a.enrolment_id AS "enrolmentId", a.assigned_at AS "assignedAt", p.joined_at AS "joinedAt",
  k.title AS "courseTitle", r.name AS "ruleName", e.status,
  e.lessons_completed::float8 / e.lessons_total AS progress, e.due_at AS "enrolmentDueAt",
  e.renewed_at IS NOT NULL AS "isRenewed"`;

const heldFrom = `
    JOIN courses.rules r ON r.tenant_id = a.tenant_id AND r.id = a.rule_id
    JOIN courses.courses k ON k.tenant_id = a.tenant_id AND k.id = a.course_id
    JOIN courses.enrolments e ON e.tenant_id = a.tenant_id AND e.id = a.enrolment_id
    LEFT JOIN courses.people p ON p.tenant_id = a.tenant_id AND p.id = a.user_id`;

const hold = `
  WITH a AS (
    INSERT INTO courses.rule_assignments (tenant_id, rule_id, course_id, user_id, enrolment_id, due_at, assigned_at)
    SELECT e.tenant_id, given.rule_id, given.course_id, given.user_id, e.id, given.due_at, $5
      FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS given (rule_id, course_id, user_id, due_at)
      JOIN courses.enrolments e ON e.user_id = given.user_id AND e.course_id = given.course_id
    ON CONFLICT (tenant_id, rule_id, course_id, user_id) DO NOTHING
    RETURNING *
  )
  SELECT ${heldColumns} FROM a ${heldFrom} ORDER BY a.enrolment_id`;

const releasable = `
  SELECT ${heldColumns}
    FROM courses.rule_assignments a ${heldFrom}
   WHERE ($1::uuid IS NULL OR a.rule_id = $1) AND ($2::uuid[] IS NULL OR a.user_id = ANY ($2))
     AND (r.deleted_at IS NOT NULL
          OR r.status = 'active'
             AND (p.id IS NULL OR p.status = 'deactivated'
                  OR NOT EXISTS (SELECT FROM courses.rule_courses c
                                  WHERE c.tenant_id = a.tenant_id AND c.rule_id = a.rule_id
                                    AND c.course_id = a.course_id)
                  OR NOT ${fulfils('r.match', 'r.conditions')}))
   ORDER BY a.enrolment_id
   LIMIT $3`;

const letGo = `
  DELETE FROM courses.rule_assignments a
   USING unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS given (rule_id, course_id, user_id)
   WHERE a.rule_id = given.rule_id AND a.course_id = given.course_id AND a.user_id = given.user_id`;

const withdrawUntouched = `
  UPDATE courses.enrolments e SET status = 'withdrawn'
   WHERE e.id = ANY ($1::uuid[]) AND e.source = 'rule' AND e.status = 'not_started'
     AND NOT EXISTS (SELECT FROM courses.rule_assignments a
                      WHERE a.tenant_id = e.tenant_id AND a.enrolment_id = e.id)
  RETURNING e.id`;

const takeDueDate = `
  UPDATE courses.enrolments e SET due_at = NULL
    FROM unnest($1::uuid[], $2::timestamptz[]) AS given (id, due_at)
   WHERE e.id = given.id AND e.due_at = given.due_at AND e.status IN ('not_started', 'in_progress')
     AND NOT EXISTS (SELECT FROM courses.rule_assignments a
                      WHERE a.tenant_id = e.tenant_id AND a.enrolment_id = e.id)`;

const held = `
  SELECT ${heldColumns}
    FROM courses.rule_assignments a ${heldFrom}
   WHERE a.rule_id = $1 AND ($2::uuid IS NULL OR a.enrolment_id > $2)
   ORDER BY a.enrolment_id
   LIMIT $3`;

const redateAssignments = `
  UPDATE courses.rule_assignments a SET due_at = given.due_at
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS given (rule_id, enrolment_id, due_at)
   WHERE a.rule_id = given.rule_id AND a.enrolment_id = given.enrolment_id`;

const redated = `
  e.id AS "enrolmentId", e.course_id AS "courseId", e.user_id AS "userId", e.due_at AS "dueAt",
  e.lessons_completed::float8 / e.lessons_total AS progress`;

// A date that somebody gave by hand, or another rule, is not this rule's to change.
const redateEnrolments = `
  UPDATE courses.enrolments e SET due_at = given.due_at
    FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS given (id, former, due_at)
   WHERE e.id = given.id AND e.due_at IS NOT DISTINCT FROM given.former
     AND e.status IN ('not_started', 'in_progress')
  RETURNING ${redated}`;

const drawNearer = `
  UPDATE courses.enrolments e SET due_at = given.due_at
    FROM unnest($1::uuid[], $2::timestamptz[]) AS given (id, due_at)
   WHERE e.id = given.id AND e.status IN ('not_started', 'in_progress')
     AND (e.due_at IS NULL OR e.due_at > given.due_at)
  RETURNING ${redated}`;

@Injectable()
export class PgRuleRepository extends RuleRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add(rule: Rule, createdBy: string | null): Promise<void> {
    await this.database.query(add, [
      ...[rule.id, rule.name, ...contentOf(rule), rule.revision],
      ...[createdBy, rule.createdAt],
    ]);
    await this.database.query(addCourses, [rule.id, rule.courseIds]);
  }

  async lock(ruleId: string): Promise<Rule | null> {
    const [rule] = await this.database.query<Rule>(lock, [ruleId]);
    return rule ?? null;
  }

  async save(rule: Rule): Promise<void> {
    await this.database.query(save, [
      ...[rule.id, rule.name, ...contentOf(rule), rule.revision],
      ...[rule.updatedAt, rule.deletedAt],
    ]);
    await this.database.query(dropCourses, [rule.id, rule.courseIds]);
    await this.database.query(addCourses, [rule.id, rule.courseIds]);
  }

  async unknownCourses(courseIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(unknownCourses, [courseIds]);
    return rows.map(({ id }) => id);
  }

  async demand(ruleId: string, revision: number, notBefore: Date): Promise<void> {
    await this.database.query(demand, [ruleId, revision, notBefore]);
  }

  async demandByCourses(courseIds: readonly string[], notBefore: Date): Promise<void> {
    await this.database.query(demandByCourses, [courseIds, notBefore]);
  }

  async demanded(ruleId: string, now: Date): Promise<{ readonly revision: number } | null> {
    const [work] = await this.database.query<{ revision: number }>(demanded, [ruleId, now]);
    return work ?? null;
  }

  async fulfilled(ruleId: string, revision: number): Promise<void> {
    await this.database.query(fulfilled, [ruleId, revision]);
  }

  async holdActive(): Promise<Rule[]> {
    return this.database.query<Rule>(holdActive);
  }

  async everybody({ match, conditions }: Rule): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(everybody, [match, JSON.stringify(conditions)]);
    return rows.map(({ id }) => id);
  }

  async assignable(ruleId: string | null, userIds: readonly string[]): Promise<Assignable[]> {
    return this.database.query<Assignable>(assignable, [ruleId, userIds]);
  }

  async hold(assignments: readonly NewAssignment[], at: Date): Promise<HeldAssignment[]> {
    return this.database.query<HeldAssignment>(hold, [
      assignments.map(({ ruleId }) => ruleId),
      assignments.map(({ courseId }) => courseId),
      assignments.map(({ userId }) => userId),
      assignments.map(({ dueAt }) => dueAt),
      at,
    ]);
  }

  async releasable(
    ruleId: string | null,
    userIds: readonly string[] | null,
    limit: number,
  ): Promise<HeldAssignment[]> {
    return this.database.query<HeldAssignment>(releasable, [ruleId, userIds, limit]);
  }

  async release(given: readonly HeldAssignment[]): Promise<Released[]> {
    const enrolmentIds = given.map(({ enrolmentId }) => enrolmentId);
    await this.database.query(letGo, [
      given.map(({ ruleId }) => ruleId),
      given.map(({ courseId }) => courseId),
      given.map(({ userId }) => userId),
    ]);
    const gone = await this.database.query<{ id: string }>(withdrawUntouched, [enrolmentIds]);
    await this.database.query(takeDueDate, [enrolmentIds, given.map(({ dueAt }) => dueAt)]);
    const withdrawn = new Set(gone.map(({ id }) => id));
    return given.map((one) => ({ ...one, withdrawn: withdrawn.has(one.enrolmentId) }));
  }

  async held(ruleId: string, after: string | null, limit: number): Promise<HeldAssignment[]> {
    return this.database.query<HeldAssignment>(held, [ruleId, after, limit]);
  }

  async redate(
    changes: readonly { readonly held: HeldAssignment; readonly dueAt: Date | null }[],
  ): Promise<Redated[]> {
    const ids = changes.map((change) => change.held.enrolmentId);
    const due = changes.map(({ dueAt }) => dueAt);
    await this.database.query(redateAssignments, [changes.map((change) => change.held.ruleId), ids, due]);
    const former = changes.map((change) => change.held.dueAt);
    return this.database.query<Redated>(redateEnrolments, [ids, former, due]);
  }

  async drawNearer(due: ReadonlyMap<string, Date>): Promise<Redated[]> {
    return this.database.query<Redated>(drawNearer, [[...due.keys()], [...due.values()]]);
  }
}

function contentOf({
  status,
  match,
  conditions,
  due,
  reminders,
  escalateAfterDays,
  renewal,
}: Rule): unknown[] {
  return [
    ...[status, match, JSON.stringify(conditions), due.kind],
    ...[due.kind === 'date' ? new Date(due.at) : null, 'days' in due ? due.days : null],
    ...[reminders, escalateAfterDays, renewal?.afterMonths ?? null, renewal?.noticeDays ?? null],
  ];
}
