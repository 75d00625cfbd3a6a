import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE auth.scim_tokens (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
     prefix text NOT NULL,
     hash bytea NOT NULL,
     created_by uuid NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz,
     last_used_at timestamptz,
     revoked_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, hash),
     FOREIGN KEY (tenant_id, created_by) REFERENCES auth.users (tenant_id, id)
   )`,

  // What an identity provider says of a person beyond what the academy knows of everybody.
  `CREATE TABLE auth.scim_users (
     tenant_id uuid NOT NULL,
     user_id uuid NOT NULL,
     user_name text NOT NULL CHECK (char_length(user_name) BETWEEN 1 AND 254),
     user_name_key text GENERATED ALWAYS AS (lower(user_name)) STORED,
     external_id text,
     given_name text,
     family_name text,
     title text,
     version integer NOT NULL DEFAULT 1,
     deleted_at timestamptz,
     PRIMARY KEY (tenant_id, user_id),
     CONSTRAINT scim_users_name_key UNIQUE (tenant_id, user_name_key),
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,
  'CREATE INDEX scim_users_tenant_external_id_idx ON auth.scim_users (tenant_id, external_id)',

  // A group is a team. A person is of one team and may be in many groups: the first of them is the team.
  `CREATE TABLE auth.scim_groups (
     tenant_id uuid NOT NULL,
     team_id uuid NOT NULL,
     external_id text,
     version integer NOT NULL DEFAULT 1,
     PRIMARY KEY (tenant_id, team_id),
     FOREIGN KEY (tenant_id, team_id) REFERENCES auth.teams (tenant_id, id) ON DELETE CASCADE
   )`,
  `CREATE TABLE auth.scim_group_members (
     tenant_id uuid NOT NULL,
     team_id uuid NOT NULL,
     user_id uuid NOT NULL,
     added_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, team_id, user_id),
     FOREIGN KEY (tenant_id, team_id) REFERENCES auth.scim_groups (tenant_id, team_id) ON DELETE CASCADE,
     FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,
  'CREATE INDEX scim_group_members_tenant_user_idx ON auth.scim_group_members (tenant_id, user_id)',

  `CREATE TABLE auth.scim_failures (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     at timestamptz NOT NULL,
     operation text NOT NULL,
     status integer NOT NULL,
     code text NOT NULL,
     detail text NOT NULL,
     PRIMARY KEY (tenant_id, id)
   )`,

  ...['scim_tokens', 'scim_users', 'scim_groups', 'scim_group_members', 'scim_failures'].flatMap((name) =>
    protectTable(`auth.${name}`),
  ),
];

export class CreateScim1763700400070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE auth.scim_failures, auth.scim_group_members, auth.scim_groups, auth.scim_users, auth.scim_tokens',
    );
  }
}
