import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Migration } from '#libs/database';
import { testServer } from '#libs/database/testing';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrate, type MigrationReport, type MigrationRun } from './migrate.js';
import { lineOf } from './report-lines.js';

const suffix = randomBytes(6).toString('hex');
const urlOf = (name: string) => {
  const url = new URL(testServer());
  url.pathname = `/harka_migrate_${suffix}_${name}`;
  return url.href;
};
const names = ['directory', 'small_1', 'medium_1', 'own_1'];
const shards = [
  { name: 'small-1', tier: 'small', url: urlOf('small_1') },
  { name: 'medium-1', tier: 'medium', url: urlOf('medium_1') },
  { name: 'own-1', tier: 'dedicated', url: urlOf('own_1') },
] as const;

async function query<R extends object>(url: string, sql: string): Promise<R[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

function migration(name: string, ...statements: string[]): Migration {
  return class implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const statement of statements) await runner.query(statement);
    }

    async down(): Promise<void> {
      // Never run here.
    }
  };
}

const directory = {
  schema: 'directory',
  migrations: [
    migration(
      'CreateShards1763700000000',
      `CREATE TABLE directory.shards (name text PRIMARY KEY, tier text NOT NULL, url text NOT NULL,
         state text NOT NULL DEFAULT 'open')`,
    ),
  ],
};
const first = migration('First1763700000001', 'CREATE TABLE notes.first (id int PRIMARY KEY)');
const second = migration('Second1763700000002', 'CREATE TABLE notes.second (id int PRIMARY KEY)');
/** Fails on the medium shard alone, after it has made a table. */
const third = migration(
  'Third1763700000003',
  'CREATE TABLE notes.third (id int PRIMARY KEY)',
  `DO $$ BEGIN IF current_database() LIKE '%medium%' AND to_regclass('notes.remedy') IS NULL THEN
     RAISE EXCEPTION 'not here'; END IF; END $$`,
);
const fourth = migration('Fourth1763700000004', 'CREATE TABLE notes.fourth (id int PRIMARY KEY)');

describe(migrate.name, () => {
  let reports: MigrationReport[] = [];
  let unknown: string[] = [];

  async function run(migrations: readonly Migration[], overrides: Partial<MigrationRun> = {}) {
    reports = [];
    unknown = [];
    return migrate({
      directoryUrl: urlOf('directory'),
      shards,
      passwords: {},
      plan: { directory: [directory], shard: [{ schema: 'notes', migrations, usage: ['harka_app'] }] },
      parallel: 2,
      onReport: (report) => reports.push(report),
      onUnknownShard: (name) => unknown.push(name),
      ...overrides,
    });
  }
  const tables = async (shard: string) =>
    (
      await query<{ tablename: string }>(
        urlOf(shard),
        `SELECT tablename FROM pg_tables WHERE schemaname = 'notes' AND tablename <> 'migrations' ORDER BY 1`,
      )
    ).map(({ tablename }) => tablename);

  beforeAll(async () => {
    expect(await run([first, second])).toBe(true);
  });
  afterAll(async () => {
    for (const name of names) {
      await query(testServer(), `DROP DATABASE IF EXISTS "harka_migrate_${suffix}_${name}" WITH (FORCE)`);
    }
  });

  it('creates databases that are missing and migrates each', async () => {
    expect(reports.map(({ database, applied }) => [database, applied.length]).sort()).toEqual([
      ['directory', 1],
      ['medium-1', 2],
      ['own-1', 2],
      ['small-1', 2],
    ]);
    for (const shard of ['small_1', 'medium_1', 'own_1']) {
      expect(await tables(shard)).toEqual(['first', 'second']);
    }
  });

  it('gives everything to the owner, and the ledger of each schema lies within it', async () => {
    const owned = await query<{ tableowner: string }>(
      urlOf('small_1'),
      `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'notes'`,
    );
    expect(owned).toEqual([{ tableowner: 'harka_owner' }]);
    expect(await query(urlOf('small_1'), 'SELECT name FROM notes.migrations ORDER BY id')).toEqual([
      { name: 'First1763700000001' },
      { name: 'Second1763700000002' },
    ]);
  });

  it('writes the shards into the directory without their logins, and leaves what an operator decided', async () => {
    await query(urlOf('directory'), `UPDATE directory.shards SET state = 'draining' WHERE name = 'small-1'`);
    await query(
      urlOf('directory'),
      `INSERT INTO directory.shards (name, tier, url) VALUES ('small-9', 'small', 'postgres://elsewhere/x')`,
    );
    await run([first, second]);
    const rows = await query<{ name: string; url: string; state: string }>(
      urlOf('directory'),
      'SELECT name, url, state FROM directory.shards ORDER BY name',
    );
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['medium-1', 'open'],
      ['own-1', 'open'],
      ['small-1', 'draining'],
      ['small-9', 'open'],
    ]);
    for (const { url } of rows) expect(new URL(url).username).toBe('');
    expect(unknown).toEqual(['small-9']);
  });

  it('has nothing to do the second time, and says so', async () => {
    expect(await run([first, second])).toBe(true);
    expect(reports.every(({ applied }) => applied.length === 0)).toBe(true);
    expect(reports.map(lineOf).sort()[0]).toMatch(/^directory: up to date \(\d+ ms\)$/);
  });

  it('names the shard and the migration that failed, finishes the others, and resumes', async () => {
    expect(await run([first, second, third, fourth])).toBe(false);
    const failed = reports.filter(({ failure }) => failure !== undefined);
    expect(failed).toMatchObject([
      {
        database: 'medium-1',
        applied: [],
        failure: { migration: 'notes.Third1763700000003', message: 'not here' },
      },
    ]);
    expect(failed.map(lineOf)).toEqual([
      'medium-1: FAILED at notes.Third1763700000003 after 0 applied: not here',
    ]);
    // The migration that failed left nothing behind.
    expect(await tables('medium_1')).toEqual(['first', 'second']);
    expect(await tables('own_1')).toEqual(['first', 'fourth', 'second', 'third']);

    await query(urlOf('medium_1'), 'CREATE TABLE notes.remedy (id int)');
    expect(await run([first, second, third, fourth])).toBe(true);
    expect(reports.map(({ database, applied }) => [database, applied.length]).sort()).toEqual([
      ['directory', 0],
      ['medium-1', 2],
      ['own-1', 0],
      ['small-1', 0],
    ]);
  });

  it('takes turns with another run on the same database', async () => {
    const fifth = migration(
      'Fifth1763700000005',
      'CREATE TABLE notes.fifth (id int)',
      'SELECT pg_sleep(0.3)',
    );
    const all = [first, second, third, fourth, fifth];
    const results = await Promise.all([run(all), run(all)]);
    expect(results).toEqual([true, true]);
    expect(
      await query(
        urlOf('small_1'),
        `SELECT count(*)::int AS n FROM notes.migrations WHERE name LIKE 'Fifth%'`,
      ),
    ).toEqual([{ n: 1 }]);
  });

  it('names a shard that cannot be reached and migrates the others', async () => {
    const gone = { name: 'gone', tier: 'small', url: 'postgres://postgres@127.0.0.1:1/gone' } as const;
    const sixth = migration('Sixth1763700000006', 'CREATE TABLE notes.sixth (id int)');
    const all = [first, second, third, fourth, sixth];
    expect(await run(all, { shards: [gone, ...shards] })).toBe(false);
    expect(reports.filter(({ failure }) => failure !== undefined)).toMatchObject([
      { database: 'gone', failure: { migration: null, message: expect.stringContaining('ECONNREFUSED') } },
    ]);
    expect(await tables('small_1')).toContain('sixth');
  });
});
