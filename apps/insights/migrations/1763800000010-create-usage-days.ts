import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // What was measured last on a day; not a read model of events, since of the past nothing can be measured.
  `CREATE TABLE insights.usage_days (
     tenant_id uuid NOT NULL,
     day date NOT NULL,
     people bigint NOT NULL,
     active_people bigint NOT NULL,
     storage_bytes bigint NOT NULL,
     PRIMARY KEY (tenant_id, day)
   ) WITH (fillfactor = 50)`,
  ...protectTable('insights.usage_days'),
];

export class CreateUsageDays1763800000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE insights.usage_days');
  }
}
