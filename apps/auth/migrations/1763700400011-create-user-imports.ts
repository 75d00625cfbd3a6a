import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const counts = (stage: string) =>
  ['created', 'updated', 'unchanged', 'failed']
    .map((outcome) => `${stage}_${outcome} integer NOT NULL DEFAULT 0`)
    .join(', ');

const statements = [
  `CREATE TABLE auth.user_imports (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     file_name text NOT NULL,
     header text[] NOT NULL,
     state text NOT NULL
       CHECK (state IN ('receiving', 'checking', 'ready', 'running', 'inviting', 'done', 'cancelled', 'failed')),
     rows integer NOT NULL DEFAULT 0,
     ${counts('checked')},
     ${counts('applied')},
     invitations text NOT NULL DEFAULT 'none' CHECK (invitations IN ('none', 'new')),
     invited integer NOT NULL DEFAULT 0,
     free_seats bigint,
     actor_kind text NOT NULL,
     actor_id text,
     actor_name text,
     origin text NOT NULL,
     created_at timestamptz NOT NULL,
     started_at timestamptz,
     finished_at timestamptz,
     beat_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id)
   ) WITH (fillfactor = 50)`,
  // What is at work, for whoever looks for imports whose worker has gone.
  `CREATE INDEX user_imports_at_work_idx ON auth.user_imports (tenant_id, beat_at)
     WHERE state IN ('receiving', 'checking', 'running', 'inviting')`,
  `CREATE TABLE auth.user_import_rows (
     tenant_id uuid NOT NULL,
     import_id uuid NOT NULL,
     line integer NOT NULL,
     given jsonb NOT NULL,
     email text,
     checked text,
     checked_code text,
     checked_detail text,
     changes text[] NOT NULL DEFAULT '{}',
     applied text,
     applied_code text,
     applied_detail text,
     user_id uuid,
     awaits_mail boolean NOT NULL DEFAULT false,
     PRIMARY KEY (tenant_id, import_id, line),
     FOREIGN KEY (tenant_id, import_id) REFERENCES auth.user_imports (tenant_id, id) ON DELETE CASCADE
   )`,
  'CREATE INDEX user_import_rows_email_idx ON auth.user_import_rows (tenant_id, import_id, email, line)',
  `CREATE INDEX user_import_rows_awaits_mail_idx ON auth.user_import_rows (tenant_id, import_id, line)
     WHERE awaits_mail`,
  ...protectTable('auth.user_imports'),
  ...protectTable('auth.user_import_rows'),
  // As elsewhere: the relay's role sees ids of all tenants and nothing else.
  'GRANT USAGE ON SCHEMA auth TO harka_relay',
  'CREATE POLICY relay_ids ON auth.user_imports FOR SELECT TO harka_relay USING (true)',
  'GRANT SELECT (tenant_id, id, state, beat_at) ON auth.user_imports TO harka_relay',
];

export class CreateUserImports1763700400011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth.user_import_rows, auth.user_imports');
  }
}
