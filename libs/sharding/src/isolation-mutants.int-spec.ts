import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loginRoles } from '#libs/database';
import { catalogFaults, testDatabase, testServer, type TestDatabase } from '#libs/database/testing';
import { Client } from 'pg';
import { isolationFaults } from '../testing/isolation-faults.js';
import { mutants } from '../testing/mutants.js';
import { CreateNotebooks1763700000000, settle } from '../testing/notebooks.js';
import { shardBaseMigrations } from '../migrations/index.js';

const migrations = [...shardBaseMigrations, CreateNotebooks1763700000000];

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

// Roles belong to the whole server, so the mutant is a role of its own that the catalog check is told of.
const role = `harka_mutant_${randomBytes(6).toString('hex')}`;
const roleMutants = [
  ['is a superuser', `ALTER ROLE ${role} SUPERUSER`, `ALTER ROLE ${role} NOSUPERUSER`],
  ['bypasses row-level security', `ALTER ROLE ${role} BYPASSRLS`, `ALTER ROLE ${role} NOBYPASSRLS`],
  ['may create roles', `ALTER ROLE ${role} CREATEROLE`, `ALTER ROLE ${role} NOCREATEROLE`],
  ['is a member of the owner', `GRANT harka_owner TO ${role}`, `REVOKE harka_owner FROM ${role}`],
  ['may read all data', `GRANT pg_read_all_data TO ${role}`, `REVOKE pg_read_all_data FROM ${role}`],
] as const;

describe('The proof of isolation', () => {
  let killed = 0;

  const judge = (faults: readonly string[]) => {
    expect(faults).not.toEqual([]);
    killed += 1;
  };
  afterAll(() => {
    process.stdout.write(`isolation mutants: ${killed}/${mutants.length + roleMutants.length} killed\n`);
  });

  it('finds nothing at fault in a good shard', async () => {
    const good = await testDatabase({ migrations });
    try {
      await settle(good.url);
      expect(await catalogFaults(good.ownerUrl)).toEqual([]);
      expect(await isolationFaults(good)).toEqual([]);
    } finally {
      await good.drop();
    }
  });

  it.each(mutants)('catches: $name', async ({ statements }) => {
    const mutant = await testDatabase({ migrations });
    try {
      await settle(mutant.url);
      await run(mutant.url, statements);
      const faults = await catalogFaults(mutant.url);
      judge(faults.length > 0 ? faults : await isolationFaults(mutant));
    } finally {
      await mutant.drop();
    }
  });

  describe('of roles', () => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await testDatabase({ migrations });
      await run(testServer(), [`CREATE ROLE ${role} LOGIN`]);
    });
    afterAll(async () => {
      await database.drop();
      await run(testServer(), [`DROP ROLE ${role}`]);
    });
    const faults = () => catalogFaults(database.url, { loginRoles: [...loginRoles, role] });

    it('finds nothing at fault in a powerless role', async () => {
      expect(await faults()).toEqual([]);
    });

    it.each(roleMutants)('catches a role that %s', async (_, mutate, undo) => {
      await run(testServer(), [mutate]);
      try {
        judge(await faults());
      } finally {
        await run(testServer(), [undo]);
      }
    });
  });
});
