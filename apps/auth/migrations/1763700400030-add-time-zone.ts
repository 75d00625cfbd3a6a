import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class AddTimeZone1763700400030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE auth.users ADD COLUMN time_zone text CHECK (char_length(time_zone) BETWEEN 1 AND 64)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth.users DROP COLUMN time_zone');
  }
}
