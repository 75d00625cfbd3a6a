import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const tables = [
  `CREATE TABLE auth.users (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     email text NOT NULL CHECK (email = lower(email) AND char_length(email) <= 254),
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
     sort_name text GENERATED ALWAYS AS (lower(name)) STORED,
     role text NOT NULL CHECK (role IN ('owner', 'admin', 'author', 'instructor', 'learner', 'viewer')),
     status text NOT NULL CHECK (status IN ('invited', 'active', 'deactivated')),
     locale text,
     department text,
     team text,
     manager_id uuid,
     version integer NOT NULL DEFAULT 1,
     last_login_at timestamptz,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id),
     CONSTRAINT users_email_key UNIQUE (tenant_id, email),
     CONSTRAINT users_manager_fkey FOREIGN KEY (tenant_id, manager_id) REFERENCES auth.users (tenant_id, id)
   )`,
  'CREATE INDEX users_tenant_sort_name_idx ON auth.users (tenant_id, sort_name, id)',
  'CREATE INDEX users_tenant_manager_idx ON auth.users (tenant_id, manager_id)',

  `CREATE TABLE auth.credentials (
     tenant_id uuid NOT NULL,
     user_id uuid NOT NULL,
     password_hash text NOT NULL,
     changed_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, user_id),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,

  `CREATE TABLE auth.invitations (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     user_id uuid NOT NULL,
     token_hash bytea NOT NULL,
     invited_by uuid,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, user_id),
     UNIQUE (tenant_id, token_hash),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,

  `CREATE TABLE auth.password_resets (
     tenant_id uuid NOT NULL,
     user_id uuid NOT NULL,
     token_hash bytea NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, user_id),
     UNIQUE (tenant_id, token_hash),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,

  // Not yet a person of the academy: becomes a user when the address is proved.
  `CREATE TABLE auth.registrations (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     email text NOT NULL,
     name text NOT NULL,
     password_hash text NOT NULL,
     token_hash bytea NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, token_hash)
   )`,
  'CREATE INDEX registrations_tenant_email_idx ON auth.registrations (tenant_id, email, created_at)',
  'CREATE INDEX registrations_tenant_expires_at_idx ON auth.registrations (tenant_id, expires_at)',
];

const names = ['users', 'credentials', 'invitations', 'password_resets', 'registrations'];

export class CreateUsers1763700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT USAGE ON SCHEMA auth TO harka_app');
    for (const statement of tables) await runner.query(statement);
    for (const name of names) {
      for (const statement of protectTable(`auth.${name}`)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${names.map((name) => `auth.${name}`).join(', ')}`);
  }
}
