import { type MigrationInterface, type QueryRunner } from 'typeorm';

const METHODS =
  'auth.apps DROP CONSTRAINT apps_authentication_check, ADD CONSTRAINT apps_authentication_check';

/** Expand: apps that prove themselves by a key of their own (private_key_jwt). Their public keys are kept as they came. */
export class AddKeysOfApps1763700400430 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE auth.apps ADD COLUMN public_keys jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(
      `ALTER TABLE ${METHODS}
         CHECK (authentication IN ('client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM auth.apps WHERE authentication = 'private_key_jwt'`);
    await runner.query(
      `ALTER TABLE ${METHODS} CHECK (authentication IN ('client_secret_basic', 'client_secret_post', 'none'))`,
    );
    await runner.query('ALTER TABLE auth.apps DROP COLUMN public_keys');
  }
}
