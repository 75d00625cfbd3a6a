import { setTimeout as delay } from 'node:timers/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { databaseOf, withDatabase } from './connection-url.js';
import { OWNER, loginRoles, roles, type LoginRole, type Role } from './roles.js';
import { scramMatches, scramVerifier } from './scram.js';
import { sqlState } from './sql-state.js';

const POWERLESS = 'NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION NOINHERIT';

/** Roles belong to the whole server, so two bootstraps of two databases can meet on one row of the catalog. */
const MEETINGS = new Set(['23505', '42710', 'XX000', '55P03', '40001']);

async function persistently<R>(work: () => Promise<R>, attempts = 10): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !MEETINGS.has(sqlState(error) ?? '')) throw error;
      await delay(Math.random() * 50 * attempt);
    }
  }
}

async function withClient<R>(url: string, work: (client: Client) => Promise<R>): Promise<R> {
  const client = new Client({ connectionString: url, application_name: 'harka-migrator' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

interface RoleRow {
  readonly rolname: Role;
  readonly rolcanlogin: boolean;
  readonly powerful: boolean;
  readonly rolpassword: string | null;
}

async function existingRoles(client: Client): Promise<Map<Role, RoleRow>> {
  const readable = await client.query<{ may: boolean }>(
    `SELECT has_column_privilege('pg_catalog.pg_authid', 'rolpassword', 'SELECT') AS may`,
  );
  const { rows } = await client.query<RoleRow>(
    `SELECT rolname, rolcanlogin, rolpassword,
            rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit AS powerful
       FROM ${readable.rows[0]?.may ? 'pg_authid' : 'pg_roles'} WHERE rolname = ANY ($1)`,
    [roles],
  );
  return new Map(rows.map((row) => [row.rolname, row]));
}

async function ensureRole(client: Client, role: Role, found: RoleRow | undefined, password?: string) {
  const mayLogin = role !== OWNER;
  const login = mayLogin ? 'LOGIN' : 'NOLOGIN';
  if (found === undefined) await client.query(`CREATE ROLE ${role} ${login} ${POWERLESS}`);
  else if (found.powerful || found.rolcanlogin !== mayLogin) {
    await client.query(`ALTER ROLE ${role} ${login} ${POWERLESS}`);
  }
  if (password === undefined || (await scramMatches(password, found?.rolpassword ?? ''))) return;
  await client.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(await scramVerifier(password))}`);
}

/**
 * Creates the roles on the server of `url` (an administrative login), takes powers away that they should not have
 * and sets the passwords that are given. Idempotent; safe to run from several places at once.
 */
export async function bootstrapRoles(
  url: string,
  passwords: Readonly<Partial<Record<LoginRole, string>>> = {},
): Promise<void> {
  await withClient(url, (client) =>
    persistently(async () => {
      const existing = await existingRoles(client);
      await ensureRole(client, OWNER, existing.get(OWNER));
      for (const role of loginRoles) await ensureRole(client, role, existing.get(role), passwords[role]);
      // A superuser may become any role; another administrator has to be a member of the owner to act as it.
      await client.query(`DO $$ BEGIN
        IF NOT pg_has_role(current_user, '${OWNER}', 'MEMBER') THEN
          EXECUTE format('GRANT ${OWNER} TO %I', current_user);
        END IF;
      END $$`);
    }),
  );
}

/** Creates the database of `url` unless it exists. True when it was created. */
export async function createDatabase(url: string, maintenanceDatabase = 'postgres'): Promise<boolean> {
  const name = databaseOf(url);
  try {
    await withClient(url, async () => undefined);
    return false;
  } catch (error) {
    if (sqlState(error) !== '3D000') throw error;
  }
  return withClient(withDatabase(url, maintenanceDatabase), async (client) => {
    try {
      await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0 ENCODING 'UTF8'`);
      return true;
    } catch (error) {
      if (sqlState(error) === '42P04' || sqlState(error) === '23505') return false;
      throw error;
    }
  });
}

const CLOSE_TO_STRANGERS = `
DO $$
DECLARE lock_function regprocedure;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${roles.join(', ')}', current_database());
  EXECUTE format('GRANT CREATE ON DATABASE %I TO ${OWNER}', current_database());
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  -- Advisory locks are shared by all tenants of a database: who may take any could stop any.
  FOR lock_function IN
    SELECT oid FROM pg_proc
     WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_'
       AND NOT has_function_privilege('${OWNER}', oid, 'EXECUTE WITH GRANT OPTION')
       AND (has_function_privilege('public', oid, 'EXECUTE') OR NOT has_function_privilege('${OWNER}', oid, 'EXECUTE'))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', lock_function);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ${OWNER}', lock_function);
  END LOOP;
END $$`;

/** Closes a database to everyone but the roles, and advisory locks to everyone but the owner. Idempotent. */
export async function bootstrapDatabase(url: string): Promise<void> {
  await withClient(url, (client) => persistently(() => client.query(CLOSE_TO_STRANGERS)));
}
