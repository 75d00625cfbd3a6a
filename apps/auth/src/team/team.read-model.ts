import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '#libs/contracts';
import type { Team as TeamView } from '#libs/contracts/auth';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { TeamNotFound } from './team.errors.js';
import type { Team } from './team.js';

interface Row extends Team {
  readonly sortName: string;
  readonly members: number;
}

interface Lead {
  readonly teamId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

const place = z.strictObject({
  after: z.tuple([
    z
      .string()
      .max(200)
      .regex(/^[^\0]*$/),
    z.uuid(),
  ]),
});

const columns = `
  t.id, t.name, t.version, t.created_at AS "createdAt", t.updated_at AS "updatedAt", t.sort_name AS "sortName",
  (SELECT count(*) FROM auth.users u
    WHERE u.tenant_id = t.tenant_id AND u.team_id = t.id AND u.status <> 'deactivated')::integer AS members`;
const PAGE = `
  SELECT ${columns} FROM auth.teams t
   WHERE ($2::text IS NULL OR t.sort_name LIKE $2)
     AND ($3::text IS NULL OR (t.sort_name, t.id) > ($3, $4::uuid))
   ORDER BY t.sort_name, t.id LIMIT $1`;
const ONE = `SELECT ${columns} FROM auth.teams t WHERE t.id = $1`;
const LEADS = `
  SELECT l.team_id AS "teamId", u.id AS "userId", u.name, u.email
    FROM auth.team_leads l JOIN auth.users u ON u.tenant_id = l.tenant_id AND u.id = l.user_id
   WHERE l.team_id = ANY ($1::uuid[]) AND u.status <> 'deactivated' ORDER BY u.sort_name, u.id`;

export interface TeamSearch {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
}

/** Teams with their leads, and how many people are in them. */
@Injectable()
export class TeamReadModel {
  constructor(private readonly database: TenantDatabase) {}

  async page({ limit, cursor, q }: TeamSearch): Promise<Page<TeamView>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, place).after;
    const pattern = q === undefined ? null : `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    const values = [limit + 1, pattern, after?.[0] ?? null, after?.[1] ?? null];
    const rows = await this.database.query<Row>(PAGE, values);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: await this.withLeads(items),
      nextCursor: last === undefined ? null : encodeCursor({ after: [last.sortName, last.id] }),
    };
  }

  /** @throws TeamNotFound */
  async one(id: string): Promise<{ team: TeamView; version: number }> {
    const rows = await this.database.query<Row>(ONE, [id]);
    const [team] = await this.withLeads(rows);
    if (team === undefined || rows[0] === undefined) throw new TeamNotFound();
    return { team, version: rows[0].version };
  }

  private async withLeads(rows: readonly Row[]): Promise<TeamView[]> {
    if (rows.length === 0) return [];
    const leads = await this.database.query<Lead>(LEADS, [rows.map(({ id }) => id)]);
    return rows.map(({ id, name, members, createdAt, updatedAt }) => ({
      ...{ id, name, members },
      leads: leads
        .filter(({ teamId }) => teamId === id)
        .map(({ userId, name: lead, email }) => ({ userId, name: lead, email })),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    }));
  }
}
