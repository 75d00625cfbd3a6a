import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE directory.onboardings (
     id uuid PRIMARY KEY,
     slug text NOT NULL,
     bundle_digest text NOT NULL,
     tenant_id uuid NOT NULL,
     requested_by jsonb NOT NULL,
     state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
     step text NOT NULL CHECK (step IN ('tenant', 'users', 'content', 'enrolments', 'verify', 'done')),
     progress jsonb NOT NULL,
     results jsonb NOT NULL,
     verification jsonb,
     failure jsonb,
     attempts integer NOT NULL DEFAULT 0,
     lease_owner text,
     lease_until timestamptz,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     finished_at timestamptz,
     UNIQUE (slug, bundle_digest)
   )`,
  `CREATE INDEX onboardings_running_idx ON directory.onboardings (lease_until) WHERE state = 'running'`,
  'CREATE INDEX onboardings_created_at_idx ON directory.onboardings (created_at DESC, id DESC)',
  // The bundle itself, so that a pipeline killed half-way needs nobody to send it again.
  `CREATE TABLE directory.onboarding_files (
     onboarding_id uuid NOT NULL REFERENCES directory.onboardings (id) ON DELETE CASCADE,
     path text NOT NULL,
     bytes bytea NOT NULL,
     PRIMARY KEY (onboarding_id, path)
   )`,
  'GRANT SELECT, INSERT, UPDATE ON directory.onboardings TO harka_control',
  'GRANT SELECT, INSERT, DELETE ON directory.onboarding_files TO harka_control',
];

export class CreateOnboardings1763700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE directory.onboarding_files, directory.onboardings');
  }
}
