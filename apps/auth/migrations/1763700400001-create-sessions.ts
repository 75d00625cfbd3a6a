import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const tables = [
  // A session is one chain of refresh tokens. Of them only the hash of the newest is here, and the salt of the chain.
  `CREATE TABLE auth.sessions (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     user_id uuid NOT NULL,
     method text NOT NULL CHECK (method IN ('password', 'invitation')),
     started_at timestamptz NOT NULL,
     last_seen_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     ip text,
     user_agent text CHECK (char_length(user_agent) <= 500),
     refresh_hash bytea NOT NULL,
     refresh_salt bytea NOT NULL,
     refresh_generation integer NOT NULL CHECK (refresh_generation >= 0),
     refreshed_at timestamptz NOT NULL,
     ended_at timestamptz,
     end_reason text,
     PRIMARY KEY (tenant_id, id),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id),
     CHECK ((ended_at IS NULL) = (end_reason IS NULL))
   )`,
  'CREATE INDEX sessions_tenant_user_idx ON auth.sessions (tenant_id, user_id, last_seen_at)',

  `CREATE TABLE auth.api_keys (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
     prefix text NOT NULL,
     hash bytea NOT NULL,
     scopes text[] NOT NULL,
     role text NOT NULL,
     created_by uuid NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz,
     last_used_at timestamptz,
     revoked_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, prefix),
     FOREIGN KEY (tenant_id, created_by) REFERENCES auth.users (tenant_id, id)
   )`,
  'CREATE INDEX api_keys_tenant_created_by_idx ON auth.api_keys (tenant_id, created_by)',

  // What has to be sent, written with the change that asks for it. The contents hold links, so they are encrypted.
  `CREATE TABLE auth.mails (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     template text NOT NULL,
     content bytea,
     created_at timestamptz NOT NULL,
     sent_at timestamptz,
     attempts integer NOT NULL DEFAULT 0,
     PRIMARY KEY (tenant_id, id),
     CHECK ((sent_at IS NULL) = (content IS NOT NULL))
   )`,
  'CREATE INDEX mails_tenant_pending_idx ON auth.mails (tenant_id, created_at) WHERE sent_at IS NULL',

  `CREATE TABLE auth.tenant_keys (
     tenant_id uuid NOT NULL,
     version integer NOT NULL CHECK (version > 0),
     wrapped bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (tenant_id, version)
   )`,
];

export class CreateSessions1763700400001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
    const protection = [
      ...protectTable('auth.sessions'),
      ...protectTable('auth.api_keys'),
      ...protectTable('auth.mails'),
      ...protectTable('auth.tenant_keys', 'append'),
    ];
    for (const statement of protection) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth.sessions, auth.api_keys, auth.mails, auth.tenant_keys');
  }
}
