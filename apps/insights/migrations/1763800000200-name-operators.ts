import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE insights.audit_entries ADD COLUMN acting_operator text',
  `CREATE TABLE insights.operators (
     tenant_id uuid NOT NULL,
     id text NOT NULL,
     name text NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  ...protectTable('insights.operators'),
];

export class NameOperators1763800000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE insights.operators');
  }
}
