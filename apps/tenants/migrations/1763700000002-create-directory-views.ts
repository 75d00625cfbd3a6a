import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What the routers of every service may see; nothing else of the directory is theirs. */
const views = {
  routes: `
    SELECT t.id, t.slug, t.name, t.plan, t.status, t.branding, t.settings,
           p.shard_name AS shard, s.tier, s.url, p.epoch, p.state, t.change_seq
      FROM directory.tenants t
      JOIN directory.placements p ON p.tenant_id = t.id
      JOIN directory.shards s ON s.name = p.shard_name`,
  hosts: `
    SELECT host, tenant_id, kind, state, change_seq FROM directory.domains
    UNION ALL
    SELECT key, tenant_id, NULL, 'removed', change_seq FROM directory.graves WHERE kind = 'host'`,
  key_routes: `
    SELECT prefix, hash, tenant_id, scopes, role, revoked_at, expires_at, change_seq FROM directory.api_keys
    UNION ALL
    SELECT key, ''::bytea, tenant_id, '{}', 'none', '-infinity'::timestamptz, NULL, change_seq
      FROM directory.graves WHERE kind = 'key'`,
  shard_routes: 'SELECT name, tier, url, state, change_seq FROM directory.shards',
  change_head: 'SELECT seq AS change_seq FROM directory.change_counter',
} as const;

const grants = [
  'REVOKE ALL ON SCHEMA directory FROM PUBLIC',
  'REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA directory FROM PUBLIC',
  'GRANT USAGE ON SCHEMA directory TO harka_router, harka_control, harka_auth, harka_relay',
  ...Object.keys(views).map((view) => `GRANT SELECT ON directory.${view} TO harka_router, harka_control`),
  'GRANT SELECT, INSERT, UPDATE ON directory.shards, directory.tenants, directory.placements TO harka_control',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON directory.domains, directory.brand_assets TO harka_control',
  'GRANT SELECT, INSERT ON directory.outbox TO harka_control',
  'GRANT UPDATE (relayed_at) ON directory.outbox TO harka_control',
  'GRANT SELECT ON directory.outbox TO harka_relay',
  'GRANT UPDATE (relayed_at) ON directory.outbox TO harka_relay',
  'GRANT SELECT ON directory.api_keys TO harka_control',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON directory.api_keys TO harka_auth',
];

export class CreateDirectoryViews1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, select] of Object.entries(views)) {
      await runner.query(`CREATE VIEW directory.${name} AS ${select}`);
    }
    for (const grant of grants) await runner.query(grant);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(views)) await runner.query(`DROP VIEW directory.${name}`);
  }
}
