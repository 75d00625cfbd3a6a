import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const user = 'FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)';

const statements = [
  // One row a tenant; without it the defaults hold.
  `CREATE TABLE auth.sign_in_policies (
     tenant_id uuid NOT NULL,
     mfa text NOT NULL CHECK (mfa IN ('off', 'optional', 'roles', 'all')),
     mfa_roles text[] NOT NULL,
     grace_days integer NOT NULL,
     mfa_after_sso boolean NOT NULL,
     passwordless boolean NOT NULL,
     trusted_device_days integer NOT NULL,
     step_up_minutes integer,
     idle_seconds integer NOT NULL CHECK (idle_seconds > 0),
     absolute_seconds integer NOT NULL CHECK (absolute_seconds > 0),
     max_sessions integer CHECK (max_sessions > 0),
     allowed_networks text[] NOT NULL,
     alerts boolean NOT NULL,
     required_since timestamptz,
     version integer NOT NULL,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id)
   )`,

  // The secret is encrypted under the tenant's key. `last_counter` is the newest step whose code was taken: no code is good twice.
  `CREATE TABLE auth.totp_factors (
     tenant_id uuid NOT NULL,
     user_id uuid NOT NULL,
     secret bytea NOT NULL,
     pending_secret bytea,
     pending_at timestamptz,
     confirmed_at timestamptz,
     last_counter bigint NOT NULL DEFAULT -1,
     last_used_at timestamptz,
     PRIMARY KEY (tenant_id, user_id),
     ${user}
   )`,

  `CREATE TABLE auth.passkeys (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     user_id uuid NOT NULL,
     credential_id text NOT NULL,
     public_key bytea NOT NULL,
     counter bigint NOT NULL,
     rp_id text NOT NULL,
     transports text[] NOT NULL,
     synced boolean NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
     created_at timestamptz NOT NULL,
     last_used_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     CONSTRAINT passkeys_credential_key UNIQUE (tenant_id, credential_id),
     ${user}
   )`,
  'CREATE INDEX passkeys_tenant_user_idx ON auth.passkeys (tenant_id, user_id)',

  `CREATE TABLE auth.recovery_codes (
     tenant_id uuid NOT NULL,
     user_id uuid NOT NULL,
     hash bytea NOT NULL,
     created_at timestamptz NOT NULL,
     used_at timestamptz,
     PRIMARY KEY (tenant_id, user_id, hash),
     ${user}
   )`,

  `CREATE TABLE auth.trusted_devices (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     user_id uuid NOT NULL,
     token_hash bytea NOT NULL,
     user_agent text,
     ip text,
     created_at timestamptz NOT NULL,
     last_used_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, token_hash),
     ${user}
   )`,
  'CREATE INDEX trusted_devices_tenant_user_idx ON auth.trusted_devices (tenant_id, user_id)',

  // A step that is under way. Only the hash of its token is here.
  `CREATE TABLE auth.sign_in_challenges (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     token_hash bytea NOT NULL,
     purpose text NOT NULL CHECK (purpose IN ('second_step', 'enrol', 'passkey_sign_in', 'passkey_setup', 'step_up')),
     user_id uuid,
     method text,
     amr text[] NOT NULL DEFAULT '{}',
     user_agent text,
     webauthn_challenge text,
     attempts integer NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, token_hash),
     ${user}
   )`,
  'CREATE INDEX sign_in_challenges_tenant_expires_at_idx ON auth.sign_in_challenges (tenant_id, expires_at)',

  ...[
    'sign_in_policies',
    'totp_factors',
    'passkeys',
    'recovery_codes',
    'trusted_devices',
    'sign_in_challenges',
  ].flatMap((name) => protectTable(`auth.${name}`)),

  // How somebody proved who he is (RFC 8176), and when he last did so with a factor or with what stands for one.
  `ALTER TABLE auth.sessions ADD COLUMN amr text[] NOT NULL DEFAULT '{}'`,
  'ALTER TABLE auth.sessions ADD COLUMN proved_at timestamptz',
  // Which methods there are is the code's to say, and it gains some.
  'ALTER TABLE auth.sessions DROP CONSTRAINT IF EXISTS sessions_method_check',
];

/** Expand: factors besides the password, the policy of sign-ins, and what sessions remember of the proof. */
export class CreateFactors1763700400040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth.sessions DROP COLUMN amr, DROP COLUMN proved_at');
    await runner.query(
      `DROP TABLE auth.sign_in_challenges, auth.trusted_devices, auth.recovery_codes, auth.passkeys, auth.totp_factors,
         auth.sign_in_policies`,
    );
  }
}
