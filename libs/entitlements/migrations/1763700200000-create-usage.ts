import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'CREATE SCHEMA IF NOT EXISTS entitlements',
  'GRANT USAGE ON SCHEMA entitlements TO harka_app',
  // The id is the name of the limit.
  `CREATE TABLE entitlements.usage (
     tenant_id uuid NOT NULL,
     id text NOT NULL,
     used bigint NOT NULL CHECK (used >= 0),
     PRIMARY KEY (tenant_id, id)
   ) WITH (fillfactor = 50)`,
  ...protectTable('entitlements.usage', 'write'),
];

export class CreateUsage1763700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA entitlements CASCADE');
  }
}
