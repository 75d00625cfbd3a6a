import { createHash, randomBytes } from 'node:crypto';
import { processEnvironment } from '#libs/config';
import { bootstrapDatabase, bootstrapRoles, withDatabase, type Migration, type Role } from '#libs/database';
import { Client } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';

export interface TestDatabaseOptions {
  /** Run in the order given; schemas that they name are created first. */
  readonly migrations?: readonly Migration[];
}

/** A database of one test file. Its URLs sign in as the administrator and act as the role. */
export interface TestDatabase {
  readonly name: string;
  /** As superuser: for arranging what a test needs, past row-level security. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly relayUrl: string;
  readonly controlUrl: string;
  readonly routerUrl: string;
  readonly authUrl: string;
  drop(): Promise<void>;
}

const LOCK = 4_217_001;
const TEMPLATE = 'harka_template_';
const COPY = 'harka_test_';

/** The server that the tests may use. @throws Error when the environment names none. */
export function testServer(): string {
  const url = processEnvironment()['HARKA_TEST_POSTGRES_URL'];
  if (url === undefined || url === '') {
    throw new Error(
      'HARKA_TEST_POSTGRES_URL is not set: run `npm test`, or name a Postgres that may be written to.',
    );
  }
  return url;
}

/** Start-up options under which an administrator acts as `role`: tests need no passwords and change none. */
export function actingAs(role: Role): string {
  return `-c role=${role}`;
}

function urlAs(url: string, role: Role): string {
  const result = new URL(url);
  result.searchParams.set('options', actingAs(role));
  return result.href;
}

async function withClient<R>(url: string, work: (client: Client) => Promise<R>): Promise<R> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The statements that the migrations would run, by letting them talk to nobody. */
async function recordedSql(migrations: readonly Migration[]): Promise<string[]> {
  const statements: string[] = [];
  const recorder = {
    query: async (sql: string) => {
      statements.push(sql);
      return [];
    },
  } as unknown as QueryRunner;
  for (const migration of migrations) {
    statements.push(migration.toString());
    await new migration().up(recorder).catch(() => undefined);
  }
  return statements;
}

function schemasIn(statements: readonly string[]): string[] {
  const created = statements.flatMap((sql) => [
    ...sql.matchAll(/CREATE (?:TABLE|VIEW|FUNCTION)\s+(?:IF NOT EXISTS\s+)?"?([a-z_]+)"?\./gi),
  ]);
  return [...new Set(created.map((match) => match[1] ?? ''))];
}

async function migrate(url: string, migrations: readonly Migration[], statements: readonly string[]) {
  await withClient(urlAs(url, 'harka_owner'), async (client) => {
    for (const schema of schemasIn(statements)) {
      await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
      await client.query(`GRANT USAGE ON SCHEMA "${schema}" TO harka_app`);
    }
  });
  const extra = { connectionString: url, options: actingAs('harka_owner'), max: 1 };
  const dataSource = new DataSource({ type: 'postgres', installExtensions: false, extra });
  await dataSource.initialize();
  try {
    const runner = dataSource.createQueryRunner();
    for (const migration of migrations) {
      await runner.startTransaction();
      await new migration().up(runner);
      await runner.commitTransaction();
    }
    await runner.release();
  } finally {
    await dataSource.destroy();
  }
}

/** Removes what test runs that were killed left behind. */
async function sweep(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    `SELECT datname FROM pg_database d
      WHERE (datname LIKE '${COPY}%' AND shobj_description(oid, 'pg_database')::timestamptz < now() - interval '2 hours')
         OR (datname LIKE '${TEMPLATE}%'
             AND coalesce(shobj_description(oid, 'pg_database')::timestamptz, '-infinity') < now() - interval '1 day')`,
  );
  for (const { datname } of rows) await admin.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
}

async function ensureTemplate(server: string, migrations: readonly Migration[]): Promise<string> {
  const statements = await recordedSql(migrations);
  const name = TEMPLATE + createHash('sha256').update(statements.join('\0')).digest('hex').slice(0, 16);
  await withClient(server, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [LOCK]);
    // A template counts only once it bears its date: a half-built one of a killed run does not.
    const { rows } = await admin.query<{ ready: boolean }>(
      `SELECT shobj_description(oid, 'pg_database') IS NOT NULL AS ready FROM pg_database WHERE datname = $1`,
      [name],
    );
    if (rows[0]?.ready) return;
    await sweep(admin);
    await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await bootstrapRoles(server);
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8'`);
    const url = withDatabase(server, name);
    await bootstrapDatabase(url);
    await migrate(url, migrations, statements);
    await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
    await admin.query(`COMMENT ON DATABASE "${name}" IS '${new Date().toISOString()}'`);
  });
  return name;
}

/** A fresh database with the migrations in it, copied from a template that is built once for all test files. */
export async function testDatabase({ migrations = [] }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = testServer();
  const template = await ensureTemplate(server, migrations);
  return copyDatabase(server, template);
}

async function copyDatabase(server: string, template: string): Promise<TestDatabase> {
  const name = COPY + randomBytes(8).toString('hex');
  await withClient(server, async (admin) => {
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
    await admin.query(`COMMENT ON DATABASE "${name}" IS '${new Date().toISOString()}'`);
  });
  const url = withDatabase(server, name);
  await bootstrapDatabase(url);
  return {
    name,
    url,
    ownerUrl: urlAs(url, 'harka_owner'),
    appUrl: urlAs(url, 'harka_app'),
    relayUrl: urlAs(url, 'harka_relay'),
    controlUrl: urlAs(url, 'harka_control'),
    routerUrl: urlAs(url, 'harka_router'),
    authUrl: urlAs(url, 'harka_auth'),
    drop: () =>
      withClient(server, async (admin) => {
        await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      }),
  };
}
