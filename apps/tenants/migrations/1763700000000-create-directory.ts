import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'CREATE SCHEMA IF NOT EXISTS directory',

  // One row, one lock: whoever changes the directory holds it until commit, so numbers appear in commit order.
  `CREATE TABLE directory.change_counter (
     only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
     seq bigint NOT NULL
   )`,
  'INSERT INTO directory.change_counter (seq) VALUES (0)',
  `CREATE FUNCTION directory.number_change() RETURNS trigger
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     UPDATE directory.change_counter SET seq = seq + 1 RETURNING seq INTO NEW.change_seq;
     RETURN NEW;
   END $$`,

  `CREATE TABLE directory.shards (
     name text PRIMARY KEY CHECK (name ~ '^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$'),
     tier text NOT NULL CHECK (tier IN ('small', 'medium', 'dedicated')),
     url text NOT NULL CHECK (url !~ '//[^/]*@'),
     state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'draining', 'gone')),
     created_at timestamptz NOT NULL DEFAULT now(),
     change_seq bigint NOT NULL
   )`,
  `CREATE TABLE directory.tenants (
     id uuid PRIMARY KEY,
     slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'),
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
     plan text NOT NULL CHECK (plan IN ('starter', 'growth', 'enterprise')),
     status text NOT NULL CHECK (status IN ('provisioning', 'active', 'suspended', 'deleted')),
     size integer NOT NULL DEFAULT 0 CHECK (size >= 0),
     counted_at timestamptz,
     branding jsonb NOT NULL,
     settings jsonb NOT NULL,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     version integer NOT NULL DEFAULT 1,
     change_seq bigint NOT NULL
   )`,
  'CREATE INDEX tenants_change_seq_idx ON directory.tenants (change_seq)',
  `CREATE TABLE directory.placements (
     tenant_id uuid PRIMARY KEY REFERENCES directory.tenants (id),
     shard_name text NOT NULL REFERENCES directory.shards (name),
     epoch bigint NOT NULL CHECK (epoch > 0),
     state text NOT NULL CHECK (state IN ('active', 'moving')),
     exclusive boolean NOT NULL DEFAULT false
   )`,
  'CREATE INDEX placements_shard_name_idx ON directory.placements (shard_name)',
  'CREATE UNIQUE INDEX placements_exclusive_shard_idx ON directory.placements (shard_name) WHERE exclusive',
  `CREATE TABLE directory.domains (
     host text PRIMARY KEY CHECK (host = lower(host) AND char_length(host) <= 253),
     tenant_id uuid NOT NULL REFERENCES directory.tenants (id),
     kind text NOT NULL CHECK (kind IN ('subdomain', 'custom')),
     proof_token text CHECK (kind = 'subdomain' OR proof_token IS NOT NULL),
     state text NOT NULL CHECK (state IN ('pending', 'verified', 'lapsed')),
     verified_at timestamptz,
     last_checked_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now(),
     change_seq bigint NOT NULL
   )`,
  'CREATE INDEX domains_tenant_id_idx ON directory.domains (tenant_id)',
  'CREATE INDEX domains_change_seq_idx ON directory.domains (change_seq)',
  `CREATE TABLE directory.api_keys (
     prefix text PRIMARY KEY,
     tenant_id uuid NOT NULL REFERENCES directory.tenants (id),
     hash bytea NOT NULL,
     scopes text[] NOT NULL DEFAULT '{}',
     role text NOT NULL,
     revoked_at timestamptz,
     expires_at timestamptz,
     change_seq bigint NOT NULL
   )`,
  'CREATE INDEX api_keys_tenant_id_idx ON directory.api_keys (tenant_id)',
  'CREATE INDEX api_keys_change_seq_idx ON directory.api_keys (change_seq)',

  // A row that is gone cannot carry a number, so its grave does: followers learn of removals by the same poll.
  `CREATE TABLE directory.graves (
     kind text NOT NULL CHECK (kind IN ('host', 'key')),
     key text NOT NULL,
     tenant_id uuid NOT NULL,
     change_seq bigint NOT NULL,
     PRIMARY KEY (kind, key)
   )`,
  'CREATE INDEX graves_change_seq_idx ON directory.graves (kind, change_seq)',

  `CREATE TABLE directory.outbox (
     id uuid PRIMARY KEY,
     tenant_id uuid NOT NULL REFERENCES directory.tenants (id),
     type text NOT NULL,
     version integer NOT NULL DEFAULT 1,
     subject text NOT NULL,
     payload jsonb NOT NULL,
     actor jsonb NOT NULL,
     origin jsonb NOT NULL,
     correlation_id text NOT NULL,
     occurred_at timestamptz NOT NULL,
     relayed_at timestamptz,
     change_seq bigint NOT NULL
   )`,
  'CREATE INDEX outbox_pending_idx ON directory.outbox (change_seq) WHERE relayed_at IS NULL',

  `CREATE TABLE directory.brand_assets (
     tenant_id uuid NOT NULL REFERENCES directory.tenants (id),
     kind text NOT NULL CHECK (kind IN ('logo', 'favicon')),
     content_type text NOT NULL CHECK (content_type IN ('image/png', 'image/svg+xml', 'image/x-icon', 'image/webp')),
     digest text NOT NULL,
     bytes bytea NOT NULL CHECK (octet_length(bytes) <= 524288),
     created_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, kind)
   )`,
];

export class CreateDirectory1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA directory CASCADE');
  }
}
