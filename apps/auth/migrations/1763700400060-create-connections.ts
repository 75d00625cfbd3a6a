import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // `settings` is what may be seen, `secrets` is encrypted under the tenant's key.
  `CREATE TABLE auth.connections (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     kind text NOT NULL CHECK (kind IN ('saml', 'oidc', 'ldap')),
     provider text NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
     state text NOT NULL CHECK (state IN ('draft', 'tested', 'active', 'disabled')),
     is_default boolean NOT NULL,
     origin text NOT NULL,
     settings jsonb NOT NULL,
     secrets bytea NOT NULL,
     tested_by uuid,
     tested_at timestamptz,
     refreshed_at timestamptz,
     version integer NOT NULL,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,
  'CREATE UNIQUE INDEX connections_tenant_default_key ON auth.connections (tenant_id) WHERE is_default',
  'CREATE INDEX connections_tenant_created_idx ON auth.connections (tenant_id, created_at, id)',

  // Who somebody is at a provider. Never the e-mail address: a provider may give it to another.
  `CREATE TABLE auth.identities (
     tenant_id uuid NOT NULL,
     connection_id uuid NOT NULL,
     issuer text NOT NULL,
     subject text NOT NULL CHECK (subject <> ''),
     user_id uuid NOT NULL,
     created_at timestamptz NOT NULL,
     last_used_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, connection_id, issuer, subject),
     FOREIGN KEY (tenant_id, connection_id) REFERENCES auth.connections (tenant_id, id) ON DELETE CASCADE,
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,
  'CREATE INDEX identities_tenant_user_idx ON auth.identities (tenant_id, user_id)',

  // Which session came by which connection, and what the provider calls it.
  `CREATE TABLE auth.federated_sessions (
     tenant_id uuid NOT NULL,
     session_id uuid NOT NULL,
     connection_id uuid NOT NULL,
     issuer text NOT NULL,
     subject text NOT NULL,
     provider_session text,
     logout_hint bytea,
     PRIMARY KEY (tenant_id, session_id),
     FOREIGN KEY (tenant_id, session_id) REFERENCES auth.sessions (tenant_id, id) ON DELETE CASCADE,
     FOREIGN KEY (tenant_id, connection_id) REFERENCES auth.connections (tenant_id, id) ON DELETE CASCADE
   )`,
  `CREATE INDEX federated_sessions_tenant_connection_idx
     ON auth.federated_sessions (tenant_id, connection_id, issuer, subject)`,

  // What was used once and never may again: assertions, logout tokens. Kept as long as they could be shown again.
  `CREATE TABLE auth.used_proofs (
     tenant_id uuid NOT NULL,
     digest bytea NOT NULL,
     expires_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, digest)
   )`,
  'CREATE INDEX used_proofs_tenant_expires_at_idx ON auth.used_proofs (tenant_id, expires_at)',

  // What was said and what was found in it, encrypted: for the person who sets the connection up.
  `CREATE TABLE auth.sso_attempts (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     connection_id uuid NOT NULL,
     at timestamptz NOT NULL,
     purpose text NOT NULL CHECK (purpose IN ('sign_in', 'test', 'logout')),
     outcome text NOT NULL CHECK (outcome IN ('succeeded', 'refused')),
     reason text,
     subject text,
     email text,
     request_id text NOT NULL,
     detail bytea NOT NULL,
     PRIMARY KEY (tenant_id, id),
     FOREIGN KEY (tenant_id, connection_id) REFERENCES auth.connections (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX sso_attempts_tenant_connection_idx ON auth.sso_attempts (tenant_id, connection_id, at, id)',

  `CREATE TABLE auth.email_domains (
     tenant_id uuid NOT NULL,
     domain text NOT NULL CHECK (domain = lower(domain)),
     proof_token text NOT NULL,
     connection_id uuid,
     verified_at timestamptz,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, domain),
     FOREIGN KEY (tenant_id, connection_id) REFERENCES auth.connections (tenant_id, id)
       ON DELETE SET NULL (connection_id)
   )`,
  'CREATE INDEX email_domains_tenant_connection_idx ON auth.email_domains (tenant_id, connection_id)',

  // One row a tenant; without it nobody must sign in by a connection.
  `CREATE TABLE auth.sign_in_enforcements (
     tenant_id uuid NOT NULL,
     enforced boolean NOT NULL,
     break_glass_user_ids uuid[] NOT NULL,
     enforced_at timestamptz,
     PRIMARY KEY (tenant_id)
   )`,

  ...[
    'connections',
    'identities',
    'federated_sessions',
    'used_proofs',
    'sso_attempts',
    'email_domains',
    'sign_in_enforcements',
  ].flatMap((name) => protectTable(`auth.${name}`)),
];

/** Expand: connections to identity providers, and who people are there. */
export class CreateConnections1763700400060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE auth.sign_in_enforcements, auth.email_domains, auth.sso_attempts, auth.used_proofs,
         auth.federated_sessions, auth.identities, auth.connections`,
    );
  }
}
