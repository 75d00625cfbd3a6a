import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Expand: a sign-in by a provider that waits for its second step remembers which session of the provider it is, encrypted. */
export class KeepProviderOfStep1763700400310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth.sign_in_challenges ADD COLUMN provider bytea');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth.sign_in_challenges DROP COLUMN provider');
  }
}
