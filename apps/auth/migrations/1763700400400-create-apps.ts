import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // Where the academy is a provider: the issuer that apps know, fixed with the first app. One row a tenant.
  `CREATE TABLE auth.issuers (
     tenant_id uuid NOT NULL,
     origin text NOT NULL,
     pairwise_salt bytea NOT NULL,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id)
   )`,

  // `private_key` is sealed under the tenant's key.
  `CREATE TABLE auth.issuer_keys (
     tenant_id uuid NOT NULL,
     kid text NOT NULL,
     algorithm text NOT NULL CHECK (algorithm IN ('RS256', 'ES256', 'EdDSA')),
     public_key jsonb NOT NULL,
     private_key bytea NOT NULL,
     created_at timestamptz NOT NULL,
     active_from timestamptz NOT NULL,
     active_until timestamptz NOT NULL,
     revoked_at timestamptz,
     PRIMARY KEY (tenant_id, kid)
   )`,

  // Secrets are hashed: [{hash, hint, createdAt, expiresAt}], the newest first.
  `CREATE TABLE auth.apps (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
     kind text NOT NULL CHECK (kind IN ('confidential', 'public')),
     authentication text NOT NULL CHECK (authentication IN ('client_secret_basic', 'client_secret_post', 'none')),
     redirect_uris text[] NOT NULL,
     post_logout_redirect_uris text[] NOT NULL,
     backchannel_logout_uri text,
     scopes text[] NOT NULL,
     first_party boolean NOT NULL,
     subject text NOT NULL CHECK (subject IN ('stable', 'pairwise')),
     id_token_algorithm text NOT NULL CHECK (id_token_algorithm IN ('RS256', 'ES256', 'EdDSA')),
     secrets jsonb NOT NULL,
     enabled boolean NOT NULL,
     last_used_at timestamptz,
     version integer NOT NULL,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  'CREATE INDEX apps_tenant_created_idx ON auth.apps (tenant_id, created_at, id)',

  // Who let which app know what.
  `CREATE TABLE auth.app_consents (
     tenant_id uuid NOT NULL,
     user_id uuid NOT NULL,
     app_id uuid NOT NULL,
     scopes text[] NOT NULL,
     given_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, user_id, app_id),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id) ON DELETE CASCADE,
     FOREIGN KEY (tenant_id, app_id) REFERENCES auth.apps (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX app_consents_tenant_app_idx ON auth.app_consents (tenant_id, app_id)',

  // What an app was given and must outlive a restart of Redis: grants and refresh tokens, found by the hash of their value.
  `CREATE TABLE auth.app_grants (
     tenant_id uuid NOT NULL,
     kind text NOT NULL CHECK (kind IN ('Grant', 'RefreshToken')),
     digest bytea NOT NULL,
     app_id uuid NOT NULL,
     user_id uuid NOT NULL,
     grant_id text NOT NULL,
     payload jsonb NOT NULL,
     consumed_at timestamptz,
     expires_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, kind, digest),
     FOREIGN KEY (tenant_id, app_id) REFERENCES auth.apps (tenant_id, id) ON DELETE CASCADE,
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX app_grants_tenant_grant_idx ON auth.app_grants (tenant_id, grant_id)',
  'CREATE INDEX app_grants_tenant_user_idx ON auth.app_grants (tenant_id, user_id, app_id)',
  'CREATE INDEX app_grants_tenant_app_idx ON auth.app_grants (tenant_id, app_id)',
  'CREATE INDEX app_grants_tenant_expires_idx ON auth.app_grants (tenant_id, expires_at)',

  // Which session came to which app, so that the app can be told when it ends. `told_at`: it was, or is not to be.
  `CREATE TABLE auth.app_sessions (
     tenant_id uuid NOT NULL,
     session_id uuid NOT NULL,
     app_id uuid NOT NULL,
     sid text NOT NULL,
     entered_at timestamptz NOT NULL,
     attempts integer NOT NULL,
     told_at timestamptz,
     PRIMARY KEY (tenant_id, session_id, app_id),
     FOREIGN KEY (tenant_id, session_id) REFERENCES auth.sessions (tenant_id, id) ON DELETE CASCADE,
     FOREIGN KEY (tenant_id, app_id) REFERENCES auth.apps (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX app_sessions_tenant_app_idx ON auth.app_sessions (tenant_id, app_id)',
  'CREATE INDEX app_sessions_tenant_sid_idx ON auth.app_sessions (tenant_id, sid)',

  ...['issuers', 'issuer_keys', 'apps', 'app_consents', 'app_grants', 'app_sessions'].flatMap((name) =>
    protectTable(`auth.${name}`),
  ),
];

/** Expand: apps that sign people in by this academy. */
export class CreateApps1763700400400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE auth.app_sessions, auth.app_grants, auth.app_consents, auth.apps, auth.issuer_keys, auth.issuers',
    );
  }
}
