import { Injectable } from '@nestjs/common';
import type { UserImportRow } from '#libs/contracts/auth';
import { newId } from '#libs/kernel';
import { TenantDatabase } from '#libs/sharding';
import { userColumns } from '../user/user.pg-repository.js';
import type { User } from '../user/user.js';
import { UserImportRepository, type ImportOutcome } from './user-import.repository.js';

// xmax tells an inserted row from an updated one; a row that is the same already is not touched.
const UPSERT = `
  INSERT INTO auth.users AS known (tenant_id, id, email, name, role, status, team, department, created_at, updated_at)
  SELECT app.current_tenant(), id, email, name, role, 'invited', team, department, $7, $7
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
         AS given (id, email, name, role, team, department)
  ON CONFLICT ON CONSTRAINT users_email_key DO UPDATE
    SET name = excluded.name, role = excluded.role, team = excluded.team, department = excluded.department,
        version = known.version + 1, updated_at = excluded.updated_at
    WHERE (known.name, known.role, known.team, known.department)
          IS DISTINCT FROM (excluded.name, excluded.role, excluded.team, excluded.department)
  RETURNING id, known.xmax = 0 AS "isNew"`;
const SET_MANAGERS = `
  UPDATE auth.users AS u SET manager_id = m.id, version = u.version + 1, updated_at = $3
    FROM unnest($1::text[], $2::text[]) AS given (email, manager_email)
    LEFT JOIN auth.users m ON m.tenant_id = app.current_tenant() AND m.email = given.manager_email
   WHERE u.email = given.email AND u.manager_id IS DISTINCT FROM m.id
     AND (m.id IS NOT NULL OR given.manager_email IS NULL)
  RETURNING u.id`;
const UNKNOWN = `
  SELECT DISTINCT given.email FROM unnest($1::text[]) AS given (email)
   WHERE NOT EXISTS (SELECT FROM auth.users u WHERE u.email = given.email) ORDER BY 1`;
const BY_IDS = `SELECT ${userColumns} FROM auth.users WHERE id = ANY ($1::uuid[]) ORDER BY id`;
const ALL = `
  SELECT u.email, u.name, u.role, u.team, u.department, m.email AS "managerEmail"
    FROM auth.users u LEFT JOIN auth.users m ON m.tenant_id = u.tenant_id AND m.id = u.manager_id
   WHERE u.status <> 'deactivated'`;

@Injectable()
export class PgUserImportRepository extends UserImportRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async upsert(rows: readonly UserImportRow[], at: Date): Promise<ImportOutcome> {
    const column = <K extends keyof UserImportRow>(key: K) => rows.map((row) => row[key]);
    const ids = rows.map(() => newId());
    const fields = [column('email'), column('name'), column('role'), column('team'), column('department')];
    const written = await this.database.query<{ id: string; isNew: boolean }>(UPSERT, [ids, ...fields, at]);
    const managers = [column('email'), column('managerEmail'), at];
    const managed = await this.database.query<{ id: string }>(SET_MANAGERS, managers);
    const changedIds = [...new Set([...written, ...managed].map(({ id }) => id))];
    const changed = await this.database.query<User>(BY_IDS, [changedIds]);
    const created = new Set(written.filter(({ isNew }) => isNew).map(({ id }) => id));
    return {
      created: changed.filter(({ id }) => created.has(id)),
      updated: changed.filter(({ id }) => !created.has(id)),
      unknownManagers: await this.unknown(column('managerEmail')),
    };
  }

  async all(): Promise<readonly UserImportRow[]> {
    return this.database.query<UserImportRow>(ALL);
  }

  private async unknown(emails: readonly (string | null)[]): Promise<readonly string[]> {
    const given = emails.filter((email) => email !== null);
    if (given.length === 0) return [];
    return (await this.database.query<{ email: string }>(UNKNOWN, [given])).map(({ email }) => email);
  }
}
