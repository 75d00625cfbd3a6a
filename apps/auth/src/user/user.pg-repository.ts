import { Injectable } from '@nestjs/common';
import { isForeignKeyViolation, TenantDatabase } from '#libs/sharding';
import { ManagerNotFound, UserNotFound } from './user.errors.js';
import type { User } from './user.js';
import { UserRepository } from './user.repository.js';

export const userColumns = `
  id, email, name, role, status, locale, time_zone AS "timeZone", department, team, team_id AS "teamId", manager_id AS "managerId", version,
  last_login_at AS "lastLoginAt", created_at AS "createdAt", updated_at AS "updatedAt"`;

const INSERT = `
  INSERT INTO auth.users (tenant_id, id, email, name, role, status, locale, department, team, team_id, manager_id,
                          version, created_at, updated_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11)
  ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING
  RETURNING id`;
const BY_ID = `SELECT ${userColumns} FROM auth.users WHERE id = $1 AND erased_at IS NULL`;
const BY_EMAIL = `SELECT ${userColumns} FROM auth.users WHERE email = $1`;
const LOCK = `SELECT ${userColumns} FROM auth.users WHERE id = $1 AND erased_at IS NULL FOR UPDATE`;
const SAVE = `
  UPDATE auth.users
     SET name = $2, role = $3, status = $4, locale = $5, department = $6, team = $7, team_id = $8, manager_id = $9,
         updated_at = $10, time_zone = $11, version = version + 1
   WHERE id = $1
  RETURNING ${userColumns}`;
const IS_OWNER = `SELECT id FROM auth.users WHERE id = $1 AND role = 'owner' AND status = 'active'`;
const LOCK_OWNERS = `
  SELECT id FROM auth.users WHERE role = 'owner' AND status = 'active' ORDER BY id FOR UPDATE`;
const MANAGERS_ABOVE = `
  WITH RECURSIVE above (id, manager_id, depth) AS (
    SELECT id, manager_id, 1 FROM auth.users WHERE id = $1
    UNION ALL
    SELECT u.id, u.manager_id, above.depth + 1
      FROM above JOIN auth.users u ON u.tenant_id = app.current_tenant() AND u.id = above.manager_id
     WHERE above.depth < 50
  )
  SELECT id FROM above`;
const RECORD_LOGIN = 'UPDATE auth.users SET last_login_at = $2 WHERE id = $1';

@Injectable()
export class PgUserRepository extends UserRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add(user: User): Promise<boolean> {
    const { id, email, name, role, status, locale, department, team, teamId, managerId, createdAt } = user;
    const values = [id, email, name, role, status, locale, department, team, teamId, managerId, createdAt];
    return (await withKnownManager(this.database.query(INSERT, values))).length === 1;
  }

  async byId(id: string): Promise<User | null> {
    return (await this.database.query<User>(BY_ID, [id]))[0] ?? null;
  }

  async byEmail(email: string): Promise<User | null> {
    return (await this.database.query<User>(BY_EMAIL, [email]))[0] ?? null;
  }

  async lock(id: string): Promise<User> {
    const [user] = await this.database.query<User>(LOCK, [id]);
    if (user === undefined) throw new UserNotFound();
    return user;
  }

  async save(user: User): Promise<User> {
    const { id, name, role, status, locale, department, team, teamId, managerId, updatedAt, timeZone } = user;
    const values = [id, name, role, status, locale, department, team, teamId, managerId, updatedAt, timeZone];
    const [saved] = await withKnownManager(this.database.query<User>(SAVE, values));
    if (saved === undefined) throw new UserNotFound();
    return saved;
  }

  async lockOwners(id: string): Promise<readonly string[]> {
    if ((await this.database.query(IS_OWNER, [id])).length === 0) return [];
    return (await this.database.query<{ id: string }>(LOCK_OWNERS)).map((owner) => owner.id);
  }

  async managersAbove(id: string): Promise<readonly string[]> {
    return (await this.database.query<{ id: string }>(MANAGERS_ABOVE, [id])).map((manager) => manager.id);
  }

  async recordLogin(id: string, at: Date): Promise<void> {
    await this.database.query(RECORD_LOGIN, [id, at]);
  }
}

async function withKnownManager<R>(writing: Promise<R>): Promise<R> {
  try {
    return await writing;
  } catch (error) {
    if (isForeignKeyViolation(error, 'users_manager_fkey')) throw new ManagerNotFound();
    throw error;
  }
}
