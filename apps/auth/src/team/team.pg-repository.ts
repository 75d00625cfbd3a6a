import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { isForeignKeyViolation, isUniqueViolation, TenantDatabase } from '#libs/sharding';
import { userColumns } from '../user/user.pg-repository.js';
import type { User } from '../user/user.js';
import { LeadUnknown, TeamNameTaken, TeamNotFound } from './team.errors.js';
import type { Team } from './team.js';
import { TeamRepository, type EnsuredTeams } from './team.repository.js';

const columns = `id, name, version, created_at AS "createdAt", updated_at AS "updatedAt"`;

const ADD = `
  INSERT INTO auth.teams (tenant_id, id, name, created_at, updated_at)
  VALUES (app.current_tenant(), $1, $2, $3, $3)`;
const ENSURE = `
  INSERT INTO auth.teams (tenant_id, id, name, created_at, updated_at)
  SELECT app.current_tenant(), id, name, $3, $3 FROM unnest($1::uuid[], $2::text[]) AS given (id, name)
  ON CONFLICT ON CONSTRAINT teams_name_key DO NOTHING
  RETURNING id`;
const BY_NAMES = `
  SELECT given.name AS given, t.id, t.name, t.version, t.created_at AS "createdAt", t.updated_at AS "updatedAt"
    FROM unnest($1::text[]) AS given (name)
    JOIN auth.teams t ON t.tenant_id = app.current_tenant() AND t.sort_name = lower(given.name)`;
const BY_ID = `SELECT ${columns} FROM auth.teams WHERE id = $1`;
const LOCK = `SELECT ${columns} FROM auth.teams WHERE id = $1 FOR UPDATE`;
const SAVE = `
  UPDATE auth.teams SET name = $2, updated_at = $3, version = version + 1 WHERE id = $1 RETURNING ${columns}`;
const REMOVE = 'DELETE FROM auth.teams WHERE id = $1';
const LEADS = 'SELECT user_id AS "userId" FROM auth.team_leads WHERE team_id = $1 ORDER BY user_id';
const CLEAR_LEADS = 'DELETE FROM auth.team_leads WHERE team_id = $1';
const PUT_LEADS = `
  INSERT INTO auth.team_leads (tenant_id, team_id, user_id)
  SELECT app.current_tenant(), $1, user_id FROM unnest($2::uuid[]) AS given (user_id)`;
const COUNT = `
  SELECT count(*)::integer AS count FROM auth.users WHERE team_id = $1 AND status <> 'deactivated'`;
const RENAME_MEMBERS = `
  UPDATE auth.users SET team = $2, version = version + 1, updated_at = $3 WHERE team_id = $1
  RETURNING ${userColumns}`;

@Injectable()
export class PgTeamRepository extends TeamRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add({ id, name, createdAt }: Team): Promise<void> {
    await withFreeName(name, this.database.query(ADD, [id, name, createdAt]));
  }

  async ensure(names: readonly string[], at: Date): Promise<EnsuredTeams> {
    // Of several spellings the first counts.
    const distinct = [...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values()];
    if (distinct.length === 0) return { byName: new Map(), created: [] };
    const ids = distinct.map(() => newId());
    const made = await this.database.query<{ id: string }>(ENSURE, [ids, distinct, at]);
    const created = new Set(made.map(({ id }) => id));
    const found = await this.database.query<Team & { given: string }>(BY_NAMES, [[...new Set(names)]]);
    const byName = new Map(found.map(({ given, ...team }) => [given, team]));
    const teams = new Map([...byName.values()].map((team) => [team.id, team]));
    return { byName, created: [...teams.values()].filter(({ id }) => created.has(id)) };
  }

  async byId(id: string): Promise<Team | null> {
    return (await this.database.query<Team>(BY_ID, [id]))[0] ?? null;
  }

  async lock(id: string): Promise<Team> {
    const [team] = await this.database.query<Team>(LOCK, [id]);
    if (team === undefined) throw new TeamNotFound();
    return team;
  }

  async save({ id, name, updatedAt }: Team): Promise<Team> {
    const [saved] = await withFreeName(name, this.database.query<Team>(SAVE, [id, name, updatedAt]));
    if (saved === undefined) throw new TeamNotFound();
    return saved;
  }

  async remove(id: string): Promise<void> {
    await this.database.query(REMOVE, [id]);
  }

  async leadsOf(id: string): Promise<readonly string[]> {
    return (await this.database.query<{ userId: string }>(LEADS, [id])).map(({ userId }) => userId);
  }

  async setLeads(id: string, userIds: readonly string[]): Promise<void> {
    await this.database.query(CLEAR_LEADS, [id]);
    if (userIds.length === 0) return;
    try {
      await this.database.query(PUT_LEADS, [id, [...new Set(userIds)]]);
    } catch (error) {
      if (isForeignKeyViolation(error, 'team_leads_user_fkey')) throw new LeadUnknown();
      throw error;
    }
  }

  async countMembers(id: string): Promise<number> {
    return (await this.database.query<{ count: number }>(COUNT, [id]))[0]?.count ?? 0;
  }

  async renameMembers(id: string, name: string | null, at: Date): Promise<readonly User[]> {
    return this.database.query<User>(RENAME_MEMBERS, [id, name, at]);
  }
}

async function withFreeName<R>(name: string, writing: Promise<R>): Promise<R> {
  try {
    return await writing;
  } catch (error) {
    if (isUniqueViolation(error, 'teams_name_key')) throw new TeamNameTaken(name);
    throw error;
  }
}
