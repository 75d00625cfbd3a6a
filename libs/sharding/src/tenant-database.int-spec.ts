import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#libs/database';
import { isUniqueViolation, PgTenantDatabase } from '#libs/sharding';
import { testShard, type TestShard } from '#libs/sharding/testing';

class CreateNotes1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE notes.notes (
      tenant_id uuid NOT NULL, id uuid NOT NULL, text text NOT NULL, PRIMARY KEY (tenant_id, id))`);
    for (const statement of protectTable('notes.notes')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes.notes');
  }
}

const INSERT = `INSERT INTO notes.notes (tenant_id, id, text) VALUES (app.current_tenant(), $1, $2) RETURNING text`;
const LIST = 'SELECT text FROM notes.notes ORDER BY text';
const id = (digit: number) => `00000000-0000-7000-8000-00000000000${digit}`;

describe(PgTenantDatabase.name, () => {
  let shard: TestShard;

  beforeAll(async () => {
    shard = await testShard({ migrations: [CreateNotes1763700000000] });
  });
  afterAll(() => shard.close());

  it('shows a tenant its own rows alone', async () => {
    const { database, inTenant, tenants } = shard;
    const [a, b] = tenants;
    if (a === undefined || b === undefined) throw new Error('Two tenants are needed.');
    await inTenant(a, () => database.query(INSERT, [id(1), 'of a']));
    await inTenant(b, () => database.query(INSERT, [id(1), 'of b']));
    expect(await inTenant(a, () => database.query(LIST))).toEqual([{ text: 'of a' }]);
    expect(await inTenant(b, () => database.query(LIST))).toEqual([{ text: 'of b' }]);
  });

  it('lets a repository see that a key is taken', async () => {
    const { database, inTenant, tenants } = shard;
    const [a] = tenants;
    if (a === undefined) throw new Error('A tenant is needed.');
    const failure = await inTenant(a, () => database.query(INSERT, [id(1), 'again'])).catch(
      (error: unknown) => error,
    );
    expect(isUniqueViolation(failure, 'notes_pkey')).toBe(true);
    expect(isUniqueViolation(failure, 'other_key')).toBe(false);
  });

  it('keeps all of a run or nothing', async () => {
    const { database, inTenant, tenants } = shard;
    const [a] = tenants;
    if (a === undefined) throw new Error('A tenant is needed.');
    await inTenant(a, () =>
      database.run(async () => {
        await database.query(INSERT, [id(2), 'kept']);
        await database.run(() => database.query(INSERT, [id(3), 'kept too']));
      }),
    );
    const refused = inTenant(a, () =>
      database.run(async () => {
        await database.query(INSERT, [id(4), 'lost']);
        throw new Error('changed my mind');
      }),
    );
    await expect(refused).rejects.toThrow('changed my mind');
    expect(await inTenant(a, () => database.query(LIST))).toEqual([
      { text: 'kept' },
      { text: 'kept too' },
      { text: 'of a' },
    ]);
  });
});
