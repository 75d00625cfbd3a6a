import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootstrapDatabase, bootstrapRoles, createDatabase, loginRoles, withDatabase } from '#libs/database';
import { testDatabase, testServer, type TestDatabase } from '#libs/database/testing';
import { Client } from 'pg';
import { scramMatches, scramVerifier } from './scram.js';

async function withClient<R>(url: string, work: (client: Client) => Promise<R>): Promise<R> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

describe(bootstrapRoles.name, () => {
  it('makes roles without a power, however often and from however many places at once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => bootstrapRoles(testServer())));
    const { rows } = await withClient(testServer(), (client) =>
      client.query(
        `SELECT rolname, rolcanlogin FROM pg_roles
          WHERE rolname = ANY ($1) AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
          ORDER BY rolname`,
        [['harka_owner', ...loginRoles]],
      ),
    );
    expect(rows).toEqual(
      ['harka_owner', ...loginRoles]
        .sort()
        .map((rolname) => ({ rolname, rolcanlogin: rolname !== 'harka_owner' })),
    );
  });
});

describe(scramVerifier.name, () => {
  it('is what the server itself would store', async () => {
    const role = `harka_scram_${randomBytes(6).toString('hex')}`;
    const password = "pass'word ü \\";
    await withClient(testServer(), async (client) => {
      await client.query(`CREATE ROLE ${role} NOLOGIN PASSWORD ${client.escapeLiteral(password)}`);
      const { rows } = await client.query<{ rolpassword: string }>(
        'SELECT rolpassword FROM pg_authid WHERE rolname = $1',
        [role],
      );
      await client.query(`DROP ROLE ${role}`);
      const stored = rows[0]?.rolpassword ?? '';
      expect(stored).toMatch(/^SCRAM-SHA-256\$/);
      expect(await scramMatches(password, stored)).toBe(true);
      expect(await scramMatches('another', stored)).toBe(false);
      expect(await scramMatches(password, await scramVerifier(password))).toBe(true);
    });
  });
});

describe(bootstrapDatabase.name, () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('leaves nothing to strangers, and may be repeated', async () => {
    await bootstrapDatabase(database.url);
    const { rows } = await withClient(database.url, (client) =>
      client.query(
        `SELECT has_database_privilege('public', current_database(), 'CONNECT') AS connects,
                has_database_privilege('harka_app', current_database(), 'CONNECT') AS app_connects,
                has_database_privilege('harka_app', current_database(), 'TEMPORARY') AS app_makes_tables,
                has_schema_privilege('public', 'public', 'USAGE') AS uses_public,
                has_function_privilege('public', 'pg_advisory_lock(bigint)', 'EXECUTE') AS locks,
                has_function_privilege('harka_app', 'pg_try_advisory_xact_lock(int, int)', 'EXECUTE') AS app_locks,
                has_function_privilege('harka_owner', 'pg_advisory_xact_lock_shared(bigint)', 'EXECUTE') AS owner_locks`,
      ),
    );
    expect(rows).toEqual([
      {
        ...{ connects: false, app_connects: true, app_makes_tables: false, uses_public: false },
        ...{ locks: false, app_locks: false, owner_locks: true },
      },
    ]);
  });
});

describe(createDatabase.name, () => {
  it('makes a database once', async () => {
    const name = `harka_made_${randomBytes(6).toString('hex')}`;
    const url = withDatabase(testServer(), name);
    try {
      const results = await Promise.all([createDatabase(url), createDatabase(url)]);
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await createDatabase(url)).toBe(false);
    } finally {
      await withClient(testServer(), (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`));
    }
  });
});
