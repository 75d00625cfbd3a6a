import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid, type Page } from '#libs/contracts';
import type {
  EnrolmentStatus,
  Rule as RuleView,
  RuleAssignment,
  RuleAttributes,
  RulePreview,
  RulePreviewInput,
} from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { fulfils } from './rule-match.js';
import { renewalColumn } from './rule.pg-repository.js';
import { RuleNotFound } from './rule.errors.js';

const views = (chosen: string) => `
  WITH chosen AS MATERIALIZED (${chosen})
  SELECT r.id, r.name, r.status, r.match, r.conditions, r.reminders, r.revision,
         r.escalate_after_days AS "escalateAfterDays", ${renewalColumn} AS renewal,
         (SELECT coalesce(jsonb_object_agg(known.id, known.name), '{}')
            FROM (SELECT DISTINCT CASE WHEN value.id ~ '^[0-9a-f-]{36}$' THEN value.id::uuid END AS id
                    FROM jsonb_array_elements(r.conditions) AS c (condition),
                         jsonb_array_elements_text(c.condition -> 'values') AS value (id)
                   WHERE c.condition ->> 'attribute' IN ('team', 'manager')) AS named
            JOIN LATERAL (
              SELECT t.id, t.name FROM courses.teams t WHERE t.tenant_id = r.tenant_id AND t.id = named.id
              UNION ALL
              SELECT p.id, p.name FROM courses.people p WHERE p.tenant_id = r.tenant_id AND p.id = named.id
            ) AS known ON true) AS names,
         jsonb_strip_nulls(jsonb_build_object('kind', r.due_kind, 'days', r.due_days,
           'at', to_char(r.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) AS due,
         r.created_at AS "createdAt", r.updated_at AS "updatedAt",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('courseId', k.id, 'title', k.title,
                   'open', k.deleted_at IS NULL AND k.published_version IS NOT NULL) ORDER BY c.position), '[]')
            FROM courses.rule_courses c
            JOIN courses.courses k ON k.tenant_id = c.tenant_id AND k.id = c.course_id
           WHERE c.tenant_id = r.tenant_id AND c.rule_id = r.id) AS courses,
         counts.*,
         EXISTS (SELECT FROM courses.rule_work w WHERE w.tenant_id = r.tenant_id AND w.rule_id = r.id) AS applying
    FROM chosen r
   CROSS JOIN LATERAL (
      SELECT count(DISTINCT a.user_id)::integer AS people,
             count(*) FILTER (WHERE e.status <> 'withdrawn')::integer AS assignments,
             count(*) FILTER (WHERE e.status = 'completed')::integer AS completed,
             count(*) FILTER (WHERE e.status IN ('not_started', 'in_progress') AND e.due_at < now())::integer AS overdue
        FROM courses.rule_assignments a
        JOIN courses.enrolments e ON e.tenant_id = a.tenant_id AND e.id = a.enrolment_id
       WHERE a.tenant_id = r.tenant_id AND a.rule_id = r.id
   ) AS counts
   ORDER BY r.id DESC`;

const listRules = views(`
  SELECT * FROM courses.rules
   WHERE deleted_at IS NULL AND id < $1 AND ($2::text IS NULL OR courses.fold(name) LIKE courses.fold($2))
   ORDER BY id DESC LIMIT $3`);
const showRule = views('SELECT * FROM courses.rules WHERE id = $1 AND deleted_at IS NULL');

const preview = `
  WITH here AS MATERIALIZED (SELECT p.* FROM courses.people p WHERE p.status <> 'deactivated'),
       held AS MATERIALIZED (
         SELECT p.id, p.name, p.email, p.team, p.department FROM here p WHERE ${fulfils('$1', '$2::jsonb')}
       ),
       open AS MATERIALIZED (
         SELECT c.id FROM courses.courses c
          WHERE c.id = ANY ($3::uuid[]) AND c.deleted_at IS NULL AND c.published_version IS NOT NULL
       ),
       already AS (
         SELECT count(*)::integer AS n FROM courses.enrolments e
           JOIN held h ON h.id = e.user_id
          WHERE e.course_id IN (SELECT id FROM open) AND e.status <> 'withdrawn'
       )
  SELECT (SELECT count(*)::integer FROM held) AS people, (SELECT count(*)::integer FROM here) AS everybody,
         (SELECT n FROM already) AS "alreadyEnrolled",
         (SELECT count(*) FROM held)::integer * (SELECT count(*) FROM open)::integer - (SELECT n FROM already)
           AS "newAssignments",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('userId', s.id, 'name', s.name, 'email', s.email,
                   'team', s.team, 'department', s.department)), '[]')
            FROM (SELECT * FROM held ORDER BY name, id LIMIT 10) AS s) AS sample`;

const counted = (column: string) => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('value', v.value, 'people', v.people)), '[]')
     FROM (SELECT p.${column} AS value, count(*) AS people FROM here p WHERE p.${column} IS NOT NULL
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 500) AS v) AS ${column}`;

const attributes = `
  WITH here AS MATERIALIZED (
    SELECT p.role, p.team, m.team_id, p.department, p.locale, p.manager_id
      FROM courses.people p
      LEFT JOIN courses.team_members m ON m.tenant_id = p.tenant_id AND m.user_id = p.id
     WHERE p.status <> 'deactivated'
  )
  SELECT ${['role', 'department', 'locale'].map(counted).join(', ')},
         (SELECT coalesce(jsonb_agg(jsonb_build_object('value', v.value, 'name', v.name, 'people', v.people)), '[]')
            FROM (SELECT * FROM (
                    SELECT t.id::text AS value, t.name, (SELECT count(*) FROM here p WHERE p.team_id = t.id) AS people
                      FROM courses.teams t
                    UNION ALL
                    -- Teams of which no more than the name is known.
                    SELECT p.team, p.team, count(*) FROM here p
                     WHERE p.team IS NOT NULL AND p.team_id IS NULL GROUP BY p.team
                  ) AS every ORDER BY people DESC, name LIMIT 500) AS v) AS team,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('value', v.value, 'name', v.name, 'people', v.people)), '[]')
            FROM (SELECT m.id AS value, m.name, count(*) AS people FROM here p
                    JOIN courses.people m ON m.id = p.manager_id
                   GROUP BY m.id, m.name ORDER BY 3 DESC, 2 LIMIT 500) AS v) AS manager`;

const assignments = `
  SELECT a.user_id AS "userId", coalesce(p.name, '') AS name, coalesce(p.email, '') AS email,
         a.course_id AS "courseId", k.title AS "courseTitle", e.id AS "enrolmentId", e.status,
         e.due_at AS "dueAt", a.assigned_at AS "assignedAt"
    FROM courses.rule_assignments a
    JOIN courses.enrolments e ON e.tenant_id = a.tenant_id AND e.id = a.enrolment_id
    JOIN courses.courses k ON k.tenant_id = a.tenant_id AND k.id = a.course_id
    LEFT JOIN courses.people p ON p.tenant_id = a.tenant_id AND p.id = a.user_id
   WHERE a.rule_id = $1
     AND ($2::text IS NULL OR (coalesce(p.name, ''), e.id) > ($2, $3::uuid))
     AND ($4::text IS NULL OR courses.fold(p.name) LIKE courses.fold($4) OR p.email LIKE lower($4))
   ORDER BY coalesce(p.name, ''), e.id
   LIMIT $5`;

const place = z.strictObject({ id: uuid() });
const namePlace = z.strictObject({ name: z.string().max(500), id: uuid() });
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

type Dated<T, K extends keyof T> = Omit<T, K> & Record<K, Date>;
type RuleRow = Dated<RuleView, 'createdAt' | 'updatedAt'> & { readonly revision: number };
interface AssignmentRow extends Omit<RuleAssignment, 'dueAt' | 'assignedAt'> {
  readonly status: EnrolmentStatus;
  readonly dueAt: Date | null;
  readonly assignedAt: Date;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
}

/** Rules for the screens of those who make them. */
@Injectable()
export class Rules {
  constructor(private readonly database: TenantDatabase) {}

  async list({ limit, cursor, q }: PageQuery): Promise<Page<RuleView>> {
    const before = cursor === undefined ? LAST_ID : decodeCursor(cursor, place).id;
    const rows = await this.database.query<RuleRow>(listRules, [before, patternOf(q), limit + 1]);
    const items = rows.slice(0, limit).map((row) => viewOf(row));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last === undefined ? null : encodeCursor({ id: last.id }) };
  }

  async show(ruleId: string): Promise<{ readonly view: RuleView; readonly revision: number }> {
    const [row] = await this.database.query<RuleRow>(showRule, [ruleId]);
    if (row === undefined) throw new RuleNotFound();
    return { view: viewOf(row), revision: row.revision };
  }

  async preview({ match, conditions, courseIds }: RulePreviewInput): Promise<RulePreview> {
    const [row] = await this.database.query<RulePreview>(preview, [
      ...[match, JSON.stringify(conditions), courseIds],
    ]);
    return row ?? { people: 0, everybody: 0, newAssignments: 0, alreadyEnrolled: 0, sample: [] };
  }

  async attributes(): Promise<RuleAttributes> {
    const [row] = await this.database.query<RuleAttributes>(attributes);
    return row ?? { role: [], team: [], department: [], locale: [], manager: [] };
  }

  async assignments(ruleId: string, { limit, cursor, q }: PageQuery): Promise<Page<RuleAssignment>> {
    await this.show(ruleId);
    const after = cursor === undefined ? null : decodeCursor(cursor, namePlace);
    const rows = await this.database.query<AssignmentRow>(assignments, [
      ...[ruleId, after?.name ?? null, after?.id ?? null, patternOf(q), limit + 1],
    ]);
    const items = rows.slice(0, limit).map((row) => ({
      ...row,
      dueAt: row.dueAt?.toISOString() ?? null,
      assignedAt: row.assignedAt.toISOString(),
    }));
    const last = rows.length > limit ? items.at(-1) : undefined;
    const nextCursor =
      last === undefined ? null : encodeCursor({ name: last.name.slice(0, 400), id: last.enrolmentId });
    return { items, nextCursor };
  }
}

function viewOf(row: RuleRow): RuleView {
  const { id, name, status, match, conditions, names, courses, due, reminders, escalateAfterDays } = row;
  const { renewal, people, assignments, completed, overdue, applying, createdAt, updatedAt } = row;
  return {
    ...{ id, name, status, match, conditions, names, courses, due, reminders, escalateAfterDays },
    ...{ renewal, people, assignments, completed, overdue, applying },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function patternOf(q: string | undefined): string | null {
  return q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
}
