import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // Since when the directory that somebody came by has him no more: he was deactivated for it, and comes back with it.
  'ALTER TABLE auth.identities ADD COLUMN gone_at timestamptz',

  // `due_at`: when a run begins; of one at work, how long its worker holds it. `people` is encrypted under the tenant's key.
  `CREATE TABLE auth.ldap_syncs (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     connection_id uuid NOT NULL,
     kind text NOT NULL CHECK (kind IN ('preview', 'apply')),
     cause text NOT NULL CHECK (cause IN ('manual', 'schedule')),
     state text NOT NULL CHECK (state IN ('waiting', 'running', 'succeeded', 'stopped', 'failed')),
     allow_deactivations integer NOT NULL,
     counts jsonb NOT NULL,
     known integer NOT NULL DEFAULT 0,
     gone integer NOT NULL DEFAULT 0,
     problem_code text,
     problem_detail text,
     digest text,
     people bytea,
     worker uuid,
     begun integer NOT NULL DEFAULT 0,
     due_at timestamptz NOT NULL,
     requested_at timestamptz NOT NULL,
     started_at timestamptz,
     finished_at timestamptz,
     PRIMARY KEY (tenant_id, id),
     FOREIGN KEY (tenant_id, connection_id) REFERENCES auth.connections (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX ldap_syncs_tenant_connection_idx ON auth.ldap_syncs (tenant_id, connection_id, requested_at, id)',
  `CREATE UNIQUE INDEX ldap_syncs_tenant_next_key ON auth.ldap_syncs (tenant_id, connection_id)
     WHERE state = 'waiting' AND cause = 'schedule'`,
  `CREATE INDEX ldap_syncs_tenant_due_at_idx ON auth.ldap_syncs (tenant_id, due_at)
     WHERE state IN ('waiting', 'running')`,
  ...protectTable('auth.ldap_syncs'),
  // As elsewhere: the relay's role sees whose turn it is and nothing else.
  'GRANT USAGE ON SCHEMA auth TO harka_relay',
  'CREATE POLICY relay_ids ON auth.ldap_syncs FOR SELECT TO harka_relay USING (true)',
  'GRANT SELECT (tenant_id, state, due_at) ON auth.ldap_syncs TO harka_relay',
];

/** Expand: people are taken over from directories. */
export class CreateLdapSyncs1763700400510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth.ldap_syncs');
    await runner.query('ALTER TABLE auth.identities DROP COLUMN gone_at');
  }
}
