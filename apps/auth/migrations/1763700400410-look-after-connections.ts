import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // When somebody looks next whether the provider has new metadata and how long its certificates hold.
  `ALTER TABLE auth.connections
     ADD COLUMN look_at timestamptz NOT NULL DEFAULT now(),
     ADD COLUMN look_failures integer NOT NULL DEFAULT 0,
     ADD COLUMN look_error text,
     ADD COLUMN warned_of text[] NOT NULL DEFAULT '{}'`,
  'CREATE INDEX connections_tenant_look_at_idx ON auth.connections (tenant_id, look_at)',
  // As elsewhere: the relay's role sees whose turn it is and nothing else.
  'GRANT USAGE ON SCHEMA auth TO harka_relay',
  'CREATE POLICY relay_ids ON auth.connections FOR SELECT TO harka_relay USING (true)',
  'GRANT SELECT (tenant_id, look_at) ON auth.connections TO harka_relay',
];

/** Expand: connections are looked after by themselves. */
export class LookAfterConnections1763700400410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY relay_ids ON auth.connections');
    await runner.query('REVOKE SELECT (tenant_id, look_at) ON auth.connections FROM harka_relay');
    await runner.query(
      `ALTER TABLE auth.connections DROP COLUMN look_at, DROP COLUMN look_failures, DROP COLUMN look_error,
         DROP COLUMN warned_of`,
    );
  }
}
