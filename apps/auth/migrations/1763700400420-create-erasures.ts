import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE auth.users ADD COLUMN erased_at timestamptz',

  // Who was erased, at whose word: by id alone.
  `CREATE TABLE auth.erasures (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     user_id uuid NOT NULL,
     requested_kind text NOT NULL,
     requested_by text,
     requested_at timestamptz NOT NULL,
     completed_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, user_id),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,
  // What each service said when it had let go of the person.
  `CREATE TABLE auth.erasure_parts (
     tenant_id uuid NOT NULL,
     erasure_id uuid NOT NULL,
     service text NOT NULL,
     rows bigint NOT NULL,
     done_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, erasure_id, service),
     FOREIGN KEY (tenant_id, erasure_id) REFERENCES auth.erasures (tenant_id, id)
   )`,
  ...protectTable('auth.erasures'),
  ...protectTable('auth.erasure_parts'),
];

/** Expand: people who are to be forgotten. */
export class CreateErasures1763700400420 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth.erasure_parts, auth.erasures');
    await runner.query('ALTER TABLE auth.users DROP COLUMN erased_at');
  }
}
