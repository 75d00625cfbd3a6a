import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // By which people without an account set up one connection; it may not be there yet, so nothing refers to it.
  `CREATE TABLE auth.setup_links (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     connection_id uuid NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
     kind text CHECK (kind IN ('saml', 'oidc')),
     provider text NOT NULL,
     recipient text,
     is_for_one boolean NOT NULL,
     origin text NOT NULL,
     token_hash bytea NOT NULL,
     browser_hash bytea,
     created_by uuid NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     opened_at timestamptz,
     used_at timestamptz,
     finished_at timestamptz,
     revoked_at timestamptz,
     PRIMARY KEY (tenant_id, id)
   )`,
  'CREATE UNIQUE INDEX setup_links_tenant_token_key ON auth.setup_links (tenant_id, token_hash)',
  'CREATE INDEX setup_links_tenant_created_idx ON auth.setup_links (tenant_id, created_at, id)',
  'CREATE INDEX setup_links_tenant_connection_idx ON auth.setup_links (tenant_id, connection_id)',
  ...protectTable('auth.setup_links'),
];

/** Expand: links by which the IT department sets up a connection. */
export class CreateSetupLinks1763700400500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth.setup_links');
  }
}
