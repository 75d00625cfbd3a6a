import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE auth.mails ADD COLUMN last_error text CHECK (char_length(last_error) <= 100)',
  // Over all tenants an operator sees that mails wait, and why; neither to whom nor what is in them.
  'GRANT USAGE ON SCHEMA auth TO harka_relay',
  'CREATE POLICY relay_states ON auth.mails FOR SELECT TO harka_relay USING (true)',
  'GRANT SELECT (tenant_id, id, template, created_at, sent_at, attempts, last_error) ON auth.mails TO harka_relay',
];

export class WatchMails1763700400210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY relay_states ON auth.mails');
  }
}
