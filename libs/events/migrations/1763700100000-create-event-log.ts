import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  'CREATE SCHEMA IF NOT EXISTS events',
  'GRANT USAGE ON SCHEMA events TO harka_app, harka_relay',

  // One row a tenant, locked by whoever appends until its commit: so positions have no gaps and commit in order.
  // Half-empty pages let the row be rewritten in place.
  `CREATE TABLE events.counters (
     tenant_id uuid PRIMARY KEY,
     position bigint NOT NULL CHECK (position >= 0)
   ) WITH (fillfactor = 50)`,
  `CREATE TABLE events.events (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     position bigint NOT NULL CHECK (position > 0),
     type text NOT NULL CHECK (type ~ '^[a-z]+(\\.[a-z_]+){2}$'),
     version integer NOT NULL CHECK (version > 0),
     subject text NOT NULL,
     actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'api_key', 'operator', 'service', 'anonymous')),
     actor_id text,
     ip text,
     user_agent text,
     correlation_id text NOT NULL,
     occurred_at timestamptz NOT NULL,
     payload jsonb NOT NULL,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, position)
   )`,
  // Ids of what is stored and not yet published. The relay reads them over all tenants, then enters each.
  `CREATE TABLE events.outbox_pending (
     tenant_id uuid NOT NULL,
     position bigint NOT NULL,
     stored_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (tenant_id, position)
   ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`,
  `CREATE TABLE events.checkpoints (
     tenant_id uuid NOT NULL,
     id text NOT NULL,
     position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
     status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'replaying', 'parked')),
     attempts integer NOT NULL DEFAULT 0,
     failure text,
     updated_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (tenant_id, id)
   ) WITH (fillfactor = 50)`,
  ...protectTable('events.counters', 'read'),
  ...protectTable('events.events', 'read'),
  ...protectTable('events.outbox_pending', 'read'),
  ...protectTable('events.checkpoints', 'write'),

  // The relay's role sees ids over all tenants and no event; to read those it must enter the tenant as the application.
  ...['counters', 'outbox_pending', 'checkpoints'].map(
    (table) => `CREATE POLICY relay_ids ON events.${table} TO harka_relay USING (true)`,
  ),
  'GRANT SELECT ON events.counters TO harka_relay',
  'GRANT SELECT, DELETE ON events.outbox_pending TO harka_relay',
  'GRANT SELECT (tenant_id, id, position, status, failure) ON events.checkpoints TO harka_relay',

  // At most one relay publishes from a shard at a time.
  `CREATE TABLE events.relay_lease (
     only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
     holder text NOT NULL,
     until timestamptz NOT NULL
   )`,
  `INSERT INTO events.relay_lease (holder, until) VALUES ('', '-infinity')`,
  'GRANT SELECT, UPDATE (holder, until) ON events.relay_lease TO harka_relay',
];

export class CreateEventLog1763700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA events CASCADE');
  }
}
