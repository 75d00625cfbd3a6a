import { Injectable } from '@nestjs/common';
import type { OutcomeCounts, PeopleImportState } from '#libs/contracts/auth';
import { TenantDatabase } from '#libs/sharding';
import { userColumns } from '../user/user.pg-repository.js';
import type { User } from '../user/user.js';
import { ImportNotFound } from './people-import.errors.js';
import type { GivenRow, KnownPerson, PeopleImport, Verdict } from './people-import.js';
import { PeopleImportRepository, type AppliedRow, type WrittenPerson } from './people-import.repository.js';

const outcomes = ['created', 'updated', 'unchanged', 'failed'] as const;
const countsOf = (stage: string) =>
  `json_build_object(${outcomes.map((outcome) => `'${outcome}', ${stage}_${outcome}`).join(', ')}) AS ${stage}`;

export const importColumns = `
  id, file_name AS "fileName", header, state, rows, ${countsOf('checked')}, ${countsOf('applied')}, invitations, invited,
  free_seats::float8 AS "freeSeats", actor_kind AS "actorKind", actor_id AS "actorId", actor_name AS "actorName", origin,
  created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt"`;

const ADD = `
  INSERT INTO auth.user_imports (tenant_id, id, file_name, header, state, actor_kind, actor_id, actor_name, origin,
                                 created_at, beat_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`;
const ADD_ROWS = `
  INSERT INTO auth.user_import_rows (tenant_id, import_id, line, given, email)
  SELECT app.current_tenant(), $1, line, given::jsonb, email
    FROM unnest($2::integer[], $3::text[], $4::text[]) AS r (line, given, email)`;
const ROWS_CAME = 'UPDATE auth.user_imports SET rows = rows + $2, beat_at = $3 WHERE id = $1';
const BY_ID = `SELECT ${importColumns} FROM auth.user_imports WHERE id = $1`;
const LOCK = `SELECT ${importColumns} FROM auth.user_imports WHERE id = $1 FOR UPDATE`;
const SAVE = `
  UPDATE auth.user_imports
     SET state = $2, invitations = $3, invited = $4, free_seats = $5, started_at = $6, finished_at = $7, beat_at = $8,
         checked_created = $9, checked_updated = $10, checked_unchanged = $11, checked_failed = $12,
         applied_created = $13, applied_updated = $14, applied_unchanged = $15, applied_failed = $16
   WHERE id = $1`;
const REMOVE = 'DELETE FROM auth.user_imports WHERE id = $1';
const REMOVE_BEFORE = `
  DELETE FROM auth.user_imports
   WHERE created_at < $1 AND state IN ('ready', 'done', 'cancelled', 'receiving')`;
const COUNT_IN = `
  SELECT count(*)::integer AS count FROM auth.user_imports WHERE state = ANY ($1::text[]) AND id <> $2`;
const UNCHECKED = `
  SELECT line, given AS cells FROM auth.user_import_rows
   WHERE import_id = $1 AND line > $2 AND checked IS NULL ORDER BY line LIMIT $3`;
const UNAPPLIED = `
  SELECT line, given AS cells FROM auth.user_import_rows
   WHERE import_id = $1 AND line > $2 AND applied IS NULL ORDER BY line LIMIT $3`;
const FIRST_LINES = `
  SELECT email, min(line) AS line FROM auth.user_import_rows
   WHERE import_id = $1 AND email = ANY ($2::text[]) GROUP BY email`;
const KNOWN = `
  SELECT u.id, u.email, u.name, u.role, u.status, u.team, u.department, u.manager_id AS "managerId",
         m.email AS "managerEmail"
    FROM auth.users u LEFT JOIN auth.users m ON m.tenant_id = u.tenant_id AND m.id = u.manager_id
   WHERE u.email = ANY ($1::text[])`;
const KNOWN_LOCKED = `${KNOWN} ORDER BY u.id FOR UPDATE OF u`;
const SAVE_CHECKS = `
  UPDATE auth.user_import_rows r
     SET checked = c.outcome, checked_code = c.code, checked_detail = c.detail, changes = c.changes
    FROM jsonb_to_recordset($2::jsonb) AS c (line integer, outcome text, code text, detail text, changes text[])
   WHERE r.import_id = $1 AND r.line = c.line`;
const SAVE_APPLIED = `
  UPDATE auth.user_import_rows r
     SET applied = a.outcome, applied_code = a.code, applied_detail = a.detail, changes = a.changes,
         user_id = a."userId", awaits_mail = a."awaitsMail"
    FROM jsonb_to_recordset($2::jsonb) AS a (line integer, outcome text, code text, detail text, changes text[],
         "userId" uuid, "awaitsMail" boolean)
   WHERE r.import_id = $1 AND r.line = a.line`;
const GIVEN = `
  jsonb_to_recordset($1::jsonb) AS p (id uuid, email text, name text, role text, team text, department text,
    "managerId" uuid)`;
const CREATE = `
  INSERT INTO auth.users (tenant_id, id, email, name, role, status, team, department, manager_id, created_at, updated_at)
  SELECT app.current_tenant(), p.id, p.email, p.name, p.role, 'invited', p.team, p.department, p."managerId", $2, $2
    FROM ${GIVEN}
  ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING
  RETURNING ${userColumns}`;
const UPDATE = `
  UPDATE auth.users u
     SET name = p.name, role = p.role, team = p.team, department = p.department, manager_id = p."managerId",
         version = u.version + 1, updated_at = $2
    FROM ${GIVEN}
   WHERE u.id = p.id
  RETURNING u.id`;
const BY_IDS = `SELECT ${userColumns} FROM auth.users WHERE id = ANY ($1::uuid[])`;
const MANAGED_LINES = `
  SELECT line, email, lower(btrim(given ->> $2::integer)) AS manager FROM auth.user_import_rows
   WHERE import_id = $1 AND line > $3 AND applied IN ('created', 'updated', 'unchanged') ORDER BY line LIMIT $4`;
const SET_MANAGERS = `
  UPDATE auth.users u SET manager_id = m.id, version = u.version + 1, updated_at = $3
    FROM unnest($1::text[], $2::text[]) AS given (email, manager)
    JOIN auth.users m ON m.tenant_id = app.current_tenant() AND m.email = given.manager
   WHERE u.tenant_id = app.current_tenant() AND u.email = given.email AND u.manager_id IS DISTINCT FROM m.id
     AND u.id <> m.id
  RETURNING u.id`;
const AWAITING_MAIL = `
  SELECT line, user_id AS "userId" FROM auth.user_import_rows
   WHERE import_id = $1 AND awaits_mail ORDER BY line LIMIT $2`;
const MAILED = `
  UPDATE auth.user_import_rows SET awaits_mail = false WHERE import_id = $1 AND line = ANY ($2::integer[])`;
const PENDING_MAILS = `
  SELECT count(*)::integer AS count FROM (SELECT FROM auth.mails WHERE sent_at IS NULL LIMIT $1) AS waiting`;
const LOCK_OWNERS = `
  SELECT id FROM auth.users WHERE role = 'owner' AND status = 'active' ORDER BY id FOR UPDATE`;

@Injectable()
export class PgPeopleImportRepository extends PeopleImportRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add(run: PeopleImport): Promise<void> {
    const { id, fileName, header, state, actorKind, actorId, actorName, origin, createdAt } = run;
    const values = [id, fileName, header, state, actorKind, actorId, actorName, origin, createdAt];
    await this.database.query(ADD, values);
  }

  async addRows(
    importId: string,
    rows: readonly (GivenRow & { readonly email: string | null })[],
    at: Date,
  ): Promise<void> {
    await this.database.run(async () => {
      const lines = rows.map(({ line }) => line);
      const given = rows.map(({ cells }) => JSON.stringify(cells));
      await this.database.query(ADD_ROWS, [importId, lines, given, rows.map(({ email }) => email)]);
      await this.database.query(ROWS_CAME, [importId, rows.length, at]);
    });
  }

  async byId(id: string): Promise<PeopleImport> {
    return one(await this.database.query<PeopleImport>(BY_ID, [id]));
  }

  async lock(id: string): Promise<PeopleImport> {
    return one(await this.database.query<PeopleImport>(LOCK, [id]));
  }

  async save(run: PeopleImport, at: Date): Promise<void> {
    const { id, state, invitations, invited, freeSeats, startedAt, finishedAt, checked, applied } = run;
    const values = [id, state, invitations, invited, freeSeats, startedAt, finishedAt, at];
    await this.database.query(SAVE, [...values, ...listOf(checked), ...listOf(applied)]);
  }

  async remove(id: string): Promise<void> {
    await this.database.query(REMOVE, [id]);
  }

  async removeBefore(before: Date): Promise<void> {
    await this.database.query(REMOVE_BEFORE, [before]);
  }

  async countIn(states: readonly PeopleImportState[], exceptId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT_IN, [states, exceptId]);
    return row?.count ?? 0;
  }

  async pending(
    id: string,
    stage: 'checked' | 'applied',
    afterLine: number,
    limit: number,
  ): Promise<readonly GivenRow[]> {
    const sql = stage === 'checked' ? UNCHECKED : UNAPPLIED;
    return this.database.query<GivenRow>(sql, [id, afterLine, limit]);
  }

  async firstLines(id: string, emails: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ email: string; line: number }>(FIRST_LINES, [id, emails]);
    return new Map(rows.map(({ email, line }) => [email, line]));
  }

  async known(emails: readonly string[], locked: boolean): Promise<ReadonlyMap<string, KnownPerson>> {
    const people = await this.database.query<KnownPerson>(locked ? KNOWN_LOCKED : KNOWN, [emails]);
    return new Map(people.map((person) => [person.email, person]));
  }

  async saveChecks(id: string, verdicts: readonly Verdict[]): Promise<void> {
    const rows = verdicts.map(({ line, outcome, fault, changes }) => ({
      ...{ line, outcome, changes },
      ...{ code: fault?.code ?? null, detail: fault?.detail ?? null },
    }));
    await this.database.query(SAVE_CHECKS, [id, JSON.stringify(rows)]);
  }

  async saveApplied(id: string, rows: readonly AppliedRow[]): Promise<void> {
    await this.database.query(SAVE_APPLIED, [id, JSON.stringify(rows)]);
  }

  async create(people: readonly WrittenPerson[], at: Date): Promise<readonly User[]> {
    if (people.length === 0) return [];
    return this.database.query<User>(CREATE, [JSON.stringify(people), at]);
  }

  async update(people: readonly WrittenPerson[], at: Date): Promise<readonly User[]> {
    if (people.length === 0) return [];
    const changed = await this.database.query<{ id: string }>(UPDATE, [JSON.stringify(people), at]);
    return this.database.query<User>(BY_IDS, [changed.map(({ id }) => id)]);
  }

  async setManagers(id: string, managerCell: number, afterLine: number, limit: number, at: Date) {
    interface Line {
      readonly line: number;
      readonly email: string;
      readonly manager: string;
    }
    const lines = await this.database.query<Line>(MANAGED_LINES, [id, managerCell, afterLine, limit]);
    const managed = lines.filter(({ manager }) => manager !== '');
    const values = [managed.map(({ email }) => email), managed.map(({ manager }) => manager), at];
    const changed =
      managed.length === 0 ? [] : await this.database.query<{ id: string }>(SET_MANAGERS, values);
    const users =
      changed.length === 0 ? [] : await this.database.query<User>(BY_IDS, [changed.map((user) => user.id)]);
    return { changed: users, lastLine: lines.at(-1)?.line ?? null };
  }

  async awaitingMail(id: string, limit: number): Promise<readonly { line: number; userId: string }[]> {
    return this.database.query<{ line: number; userId: string }>(AWAITING_MAIL, [id, limit]);
  }

  async mailed(id: string, lines: readonly number[]): Promise<void> {
    await this.database.query(MAILED, [id, lines]);
  }

  async pendingMails(most: number): Promise<number> {
    return (await this.database.query<{ count: number }>(PENDING_MAILS, [most]))[0]?.count ?? 0;
  }

  async lockOwners(): Promise<readonly string[]> {
    return (await this.database.query<{ id: string }>(LOCK_OWNERS)).map(({ id }) => id);
  }
}

function one(rows: readonly PeopleImport[]): PeopleImport {
  const [run] = rows;
  if (run === undefined) throw new ImportNotFound();
  return run;
}

function listOf(counts: OutcomeCounts): number[] {
  return outcomes.map((outcome) => counts[outcome]);
}
