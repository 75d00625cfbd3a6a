import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'CREATE SCHEMA IF NOT EXISTS auth',
  'REVOKE ALL ON SCHEMA auth FROM PUBLIC',
  'GRANT USAGE ON SCHEMA auth TO harka_auth',
  `CREATE TABLE auth.signing_keys (
     kid text PRIMARY KEY,
     public_key text NOT NULL,
     private_key bytea NOT NULL,
     created_at timestamptz NOT NULL,
     active_from timestamptz NOT NULL,
     active_until timestamptz NOT NULL CHECK (active_until > active_from),
     revoked_at timestamptz
   )`,
  `CREATE TABLE auth.operators (
     id uuid PRIMARY KEY,
     email text NOT NULL UNIQUE CHECK (email = lower(email)),
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
     password_hash text NOT NULL,
     created_at timestamptz NOT NULL,
     last_login_at timestamptz
   )`,
  `CREATE TABLE auth.operator_sessions (
     id uuid PRIMARY KEY,
     operator_id uuid NOT NULL REFERENCES auth.operators (id),
     started_at timestamptz NOT NULL,
     last_seen_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     ip text,
     user_agent text,
     refresh_hash bytea NOT NULL,
     refresh_salt bytea NOT NULL,
     refresh_generation integer NOT NULL,
     refreshed_at timestamptz NOT NULL,
     ended_at timestamptz,
     end_reason text
   )`,
  'CREATE INDEX operator_sessions_operator_idx ON auth.operator_sessions (operator_id)',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON auth.signing_keys, auth.operators, auth.operator_sessions TO harka_auth',
];

export class CreateSigningKeys1763700400100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth.operator_sessions, auth.operators, auth.signing_keys');
  }
}
