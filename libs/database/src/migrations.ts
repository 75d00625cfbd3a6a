import { Client, escapeIdentifier } from 'pg';
import type { Logger, MigrationInterface } from 'typeorm';
import { OWNER, type Role } from './roles.js';

/** A migration class of TypeORM: its name ends in the 13 digits of its timestamp. */
export type Migration = new () => MigrationInterface;

/** The migrations of one service in one database. They keep their ledger in a table `migrations` of their schema. */
export interface MigrationSet {
  readonly schema: string;
  readonly migrations: readonly Migration[];
  /** Who may look into the schema at all; rights on tables are the migrations' business. */
  readonly usage?: readonly Role[];
}

export interface AppliedMigration {
  readonly schema: string;
  readonly name: string;
}

/** Says which migration of which schema failed; those before it are done and are not run again. */
export class MigrationFailed extends Error {
  constructor(
    readonly schema: string,
    readonly migration: string,
    cause: unknown,
  ) {
    super(`${schema}: ${migration}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'MigrationFailed';
  }
}

const LOCK = '7236527312440';
const AS_OWNER = `-c role=${OWNER} -c lock_timeout=10s -c statement_timeout=0`;

const say = () => undefined;
/** What TypeORM has to say reaches us as errors; it would print it too. */
const silence: Logger = {
  ...{ logQuery: say, logQueryError: say, logQuerySlow: say },
  ...{ logSchemaBuild: say, logMigration: say, log: say },
};

function nameOf(migration: Migration): string {
  return new migration().name ?? migration.name;
}

async function appliedNames(
  client: Client,
  sets: readonly MigrationSet[],
): Promise<Map<string, Set<string>>> {
  const { rows: ledgers } = await client.query<{ schema: string }>(
    `SELECT schemaname AS schema FROM pg_tables WHERE tablename = 'migrations' AND schemaname = ANY ($1)`,
    [sets.map(({ schema }) => schema)],
  );
  if (ledgers.length === 0) return new Map();
  const { rows } = await client.query<{ schema: string; names: string[] }>(
    ledgers
      .map(
        ({ schema }) =>
          `SELECT '${schema}' AS schema, array_agg(name::text) AS names FROM ${escapeIdentifier(schema)}.migrations`,
      )
      .join(' UNION ALL '),
  );
  return new Map(rows.map(({ schema, names }) => [schema, new Set(names)]));
}

async function runSet(url: string, { schema, migrations }: MigrationSet): Promise<void> {
  // Loaded only where there is work: a run that finds nothing to do is over before TypeORM is read.
  const { DataSource } = await import('typeorm');
  const dataSource = new DataSource({
    type: 'postgres',
    schema,
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    logger: silence,
    extra: { connectionString: url, options: AS_OWNER, max: 1 },
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

async function prepareSchema(client: Client, { schema, usage = [] }: MigrationSet): Promise<void> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(schema)} AUTHORIZATION ${OWNER}`);
  if (usage.length > 0) {
    await client.query(`GRANT USAGE ON SCHEMA ${escapeIdentifier(schema)} TO ${usage.join(', ')}`);
  }
}

/**
 * Brings one database up to date as harka_owner. Sets run in the order given, each migration in its own transaction;
 * a second process waits for the first. `url` carries an administrative login.
 *
 * @throws MigrationFailed
 */
export async function runMigrations(
  url: string,
  sets: readonly MigrationSet[],
  onApplied: (applied: AppliedMigration) => void = () => undefined,
): Promise<AppliedMigration[]> {
  const client = new Client({ connectionString: url, options: AS_OWNER, application_name: 'harka-migrator' });
  await client.connect();
  try {
    await client.query(`SET lock_timeout = 0`);
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    const before = await appliedNames(client, sets);
    const applied: AppliedMigration[] = [];
    for (const set of sets) {
      const pending = set.migrations.map(nameOf).filter((name) => !before.get(set.schema)?.has(name));
      if (pending.length === 0) continue;
      await prepareSchema(client, set);
      const failure = await runSet(url, set).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      const done = (await appliedNames(client, [set])).get(set.schema);
      for (const name of pending.filter((pendingName) => done?.has(pendingName))) {
        applied.push({ schema: set.schema, name });
        onApplied({ schema: set.schema, name });
      }
      if (failure !== undefined) {
        const failed = pending.find((name) => !done?.has(name)) ?? 'preparation';
        throw new MigrationFailed(set.schema, failed, failure.error);
      }
    }
    return applied;
  } finally {
    await client.end();
  }
}
