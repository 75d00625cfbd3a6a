import { protectTable } from '#libs/database';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two tenant tables, one referring to the other, as a service would write them: for the specs of this room. */
export class CreateNotebooks1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE notes.notebooks (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      title text NOT NULL,
      PRIMARY KEY (tenant_id, id),
      UNIQUE (tenant_id, title)
    )`);
    await runner.query(`CREATE TABLE notes.notes (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      notebook_id uuid NOT NULL,
      text text NOT NULL,
      PRIMARY KEY (tenant_id, id),
      FOREIGN KEY (tenant_id, notebook_id) REFERENCES notes.notebooks (tenant_id, id) ON DELETE CASCADE
    )`);
    await runner.query('CREATE INDEX notes_notebook_idx ON notes.notes (tenant_id, notebook_id)');
    for (const table of ['notes.notebooks', 'notes.notes']) {
      for (const statement of protectTable(table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes.notes, notes.notebooks');
  }
}

const numbered = (digit: number) => `00000000-0000-7000-8000-${String(digit).padStart(12, '0')}`;

/** Two tenants with a notebook and two notes each. Both use the same id once: keys are a tenant's own. */
export const inhabitants = {
  a: { tenant: numbered(1), notebook: numbered(10), shared: numbered(20), own: numbered(21) },
  b: { tenant: numbered(2), notebook: numbered(11), shared: numbered(20), own: numbered(22) },
} as const;

/** Fills the tables past row-level security. */
export async function settle(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const { tenant, notebook, shared, own } of Object.values(inhabitants)) {
      await client.query(`INSERT INTO app.tenant_fence VALUES ($1, 1, 'active')`, [tenant]);
      await client.query('INSERT INTO notes.notebooks VALUES ($1, $2, $3)', [
        tenant,
        notebook,
        `of ${tenant}`,
      ]);
      for (const id of [shared, own]) {
        await client.query('INSERT INTO notes.notes VALUES ($1, $2, $3, $4)', [tenant, id, notebook, 'text']);
      }
    }
  } finally {
    await client.end();
  }
}
