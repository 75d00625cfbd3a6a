import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The views that a directory is followed by, as plain tables. Their owner is the tenants service, whose own specs prove
 * that the numbers appear in commit order; here they only have to be there.
 */
export class CreateDirectoryViews1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'CREATE TABLE directory.change_head (change_seq bigint NOT NULL)',
      'INSERT INTO directory.change_head VALUES (0)',
      `CREATE TABLE directory.shard_routes (
         name text PRIMARY KEY, tier text, url text, state text DEFAULT 'open', change_seq bigint)`,
      `CREATE TABLE directory.routes (
         id uuid PRIMARY KEY, slug text, name text DEFAULT 'Name', plan text DEFAULT 'starter',
         status text DEFAULT 'active', branding jsonb DEFAULT '{}', settings jsonb DEFAULT '{}', shard text,
         tier text DEFAULT 'small', url text DEFAULT 'postgres://host/db', epoch bigint DEFAULT 1,
         state text DEFAULT 'active', change_seq bigint)`,
      `CREATE TABLE directory.hosts (
         host text PRIMARY KEY, tenant_id uuid, kind text, state text DEFAULT 'verified', change_seq bigint)`,
      `CREATE TABLE directory.key_routes (
         prefix text PRIMARY KEY, hash bytea, tenant_id uuid, scopes text[] DEFAULT '{}', role text DEFAULT 'viewer',
         revoked_at timestamptz, expires_at timestamptz, change_seq bigint)`,
      `CREATE FUNCTION directory.number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
         UPDATE directory.change_head SET change_seq = change_seq + 1 RETURNING change_seq INTO NEW.change_seq;
         RETURN NEW; END $$`,
      ...['shard_routes', 'routes', 'hosts', 'key_routes'].flatMap((table) => [
        `CREATE TRIGGER number BEFORE INSERT OR UPDATE ON directory.${table}
           FOR EACH ROW EXECUTE FUNCTION directory.number()`,
        `GRANT SELECT ON directory.${table} TO harka_router`,
      ]),
      'GRANT SELECT ON directory.change_head TO harka_router',
      'GRANT USAGE ON SCHEMA directory TO harka_router',
    ]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA directory CASCADE');
  }
}
