import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid } from '#libs/contracts';
import type { LearnerReport, MyTeam, TeamMember } from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';
import { requireUserId } from '#libs/tenancy';
import { z } from 'zod';
import { ReportShelf } from './report-shelf.js';
import { below, counts, nothing, type Counts } from './report-sql.js';
import { PersonNotFound, Reports, type EnrolmentLine } from './report.read-model.js';

// The page first, then what its people have to learn: not that of everybody below.
const members = `
  WITH ${below},
  page AS MATERIALIZED (
    SELECT p.tenant_id, p.id, p.name, p.email, p.team, b.level
      FROM below b
      JOIN courses.people p ON p.id = b.id AND p.status <> 'deactivated'
     WHERE ($2::text IS NULL OR (p.name, p.id) > ($2, $3::uuid))
       AND ($4::text IS NULL OR courses.fold(p.name) LIKE courses.fold($4) OR p.email LIKE lower($4))
     ORDER BY p.name, p.id
     LIMIT $5
  )
  SELECT m.id AS "userId", m.name, m.email, m.team, m.level, n.*
    FROM page m
   CROSS JOIN LATERAL (
      SELECT ${counts},
             min(e.due_at) FILTER (WHERE e.status <> 'completed' AND e.due_at >= now()) AS "nextDueAt"
        FROM courses.enrolments e
        JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
       WHERE e.tenant_id = m.tenant_id AND e.user_id = m.id AND e.status <> 'withdrawn'
   ) AS n
   ORDER BY m.name, m.id`;

// Person by person along the index: teams are small, and what they have to learn is a part of all there is.
const totals = `
  WITH ${below}
  SELECT count(*)::integer AS people, coalesce(sum(n.enrolled), 0)::integer AS enrolled,
         coalesce(sum(n."notStarted"), 0)::integer AS "notStarted",
         coalesce(sum(n."inProgress"), 0)::integer AS "inProgress",
         coalesce(sum(n.completed), 0)::integer AS completed, coalesce(sum(n.overdue), 0)::integer AS overdue
    FROM below b
    JOIN courses.people p ON p.id = b.id AND p.status <> 'deactivated'
   CROSS JOIN LATERAL (
      SELECT ${counts}
        FROM courses.enrolments e
        JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
       WHERE e.tenant_id = p.tenant_id AND e.user_id = p.id AND e.status <> 'withdrawn'
   ) AS n`;

const somebodyBelow = 'SELECT id FROM courses.people WHERE manager_id = $1 AND id <> $1 LIMIT 1';
const isBelow = `WITH ${below} SELECT id FROM below WHERE id = $2`;

const everyEnrolment = `
  WITH ${below}
  SELECT e.id, p.name, p.email, p.team, p.department, c.title, e.source, e.status,
         e.lessons_completed AS "lessonsCompleted", e.lessons_total AS "lessonsTotal", e.due_at AS "dueAt",
         e.enrolled_at AS "enrolledAt", e.started_at AS "startedAt", e.completed_at AS "completedAt"
    FROM courses.enrolments e
    JOIN courses.people p ON p.tenant_id = e.tenant_id AND p.id = e.user_id AND p.status <> 'deactivated'
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id AND c.deleted_at IS NULL
   WHERE e.user_id IN (SELECT id FROM below) AND e.status <> 'withdrawn' AND e.id > $2
   ORDER BY e.id
   LIMIT $3`;

const namePlace = z.strictObject({ name: z.string().max(500), id: uuid() });
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

type MemberRow = Omit<TeamMember, 'nextDueAt'> & { readonly nextDueAt: Date | null };

interface TeamQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
}

/** The people below whoever asks. Who one's manager is decides what one may see, and nothing else. */
@Injectable()
export class MyTeamReport {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reports: Reports,
    private readonly shelf: ReportShelf,
  ) {}

  async list({ limit, cursor, q }: TeamQuery): Promise<MyTeam> {
    const me = requireUserId();
    const after = cursor === undefined ? null : decodeCursor(cursor, namePlace);
    const pattern = q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    const [rows, sum] = await Promise.all([
      this.database.query<MemberRow>(members, [
        ...[me, after?.name ?? null, after?.id ?? null, pattern, limit + 1],
      ]),
      this.shelf.take(`my-team ${me}`, async () => this.totals(me)),
    ]);
    const items = rows
      .slice(0, limit)
      .map((row) => ({ ...row, nextDueAt: row.nextDueAt?.toISOString() ?? null }));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      totals: sum.totals,
      items,
      nextCursor: last === undefined ? null : encodeCursor({ name: last.name, id: last.userId }),
    };
  }

  private async totals(me: string) {
    const [row] = await this.database.query<Counts & { readonly people: number }>(totals, [me]);
    return { totals: row ?? { people: 0, ...nothing } };
  }

  async isSomebodyBelow(): Promise<boolean> {
    return (await this.database.query(somebodyBelow, [requireUserId()])).length > 0;
  }

  /** @throws PersonNotFound for whoever is not below */
  async member(userId: string): Promise<LearnerReport> {
    const [found] = await this.database.query(isBelow, [requireUserId(), userId]);
    if (found === undefined) throw new PersonNotFound();
    return this.reports.learner(userId);
  }

  async *enrolments(size = 2000): AsyncGenerator<readonly EnrolmentLine[]> {
    const me = requireUserId();
    for (let after = FIRST_ID; ;) {
      const rows = await this.database.query<EnrolmentLine>(everyEnrolment, [me, after, size]);
      yield rows;
      const last = rows.at(-1);
      if (rows.length < size || last === undefined) return;
      after = last.id;
    }
  }
}
