import { type MigrationInterface, type QueryRunner } from 'typeorm';

function numbered(table: string, columns?: string): string {
  const event = columns ? `UPDATE OF ${columns}` : 'UPDATE';
  return `CREATE TRIGGER ${table}_number_change BEFORE INSERT OR ${event} ON directory.${table}
            FOR EACH ROW EXECUTE FUNCTION directory.number_change()`;
}

const statements = [
  // Columns that no router reads (size, counted_at) do not take the lock.
  numbered('tenants', 'slug, name, plan, status, branding, settings, change_seq'),
  numbered('domains', 'host, tenant_id, state'),
  numbered('shards'),
  numbered('api_keys'),
  numbered('graves'),
  `CREATE TRIGGER outbox_number_change BEFORE INSERT ON directory.outbox
     FOR EACH ROW EXECUTE FUNCTION directory.number_change()`,

  // A route is a tenant joined with its placement and shard; its number is the tenant's, so those two touch it.
  `CREATE FUNCTION directory.touch_placed_tenant() RETURNS trigger
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     UPDATE directory.tenants SET change_seq = change_seq WHERE id = NEW.tenant_id;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER placements_touch_tenant AFTER INSERT OR UPDATE ON directory.placements
     FOR EACH ROW EXECUTE FUNCTION directory.touch_placed_tenant()`,
  `CREATE FUNCTION directory.touch_tenants_of_shard() RETURNS trigger
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     UPDATE directory.tenants SET change_seq = change_seq
      WHERE id IN (SELECT tenant_id FROM directory.placements WHERE shard_name = NEW.name);
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER shards_touch_tenants AFTER UPDATE OF tier, url ON directory.shards
     FOR EACH ROW WHEN (OLD.url <> NEW.url OR OLD.tier <> NEW.tier)
     EXECUTE FUNCTION directory.touch_tenants_of_shard()`,

  `CREATE FUNCTION directory.bury() RETURNS trigger
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     INSERT INTO directory.graves (kind, key, tenant_id)
     VALUES (TG_ARGV[0], to_jsonb(OLD) ->> TG_ARGV[1], OLD.tenant_id)
     ON CONFLICT (kind, key) DO UPDATE SET tenant_id = excluded.tenant_id;
     RETURN NULL;
   END $$`,
  `CREATE FUNCTION directory.exhume() RETURNS trigger
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   BEGIN
     DELETE FROM directory.graves WHERE kind = TG_ARGV[0] AND key = to_jsonb(NEW) ->> TG_ARGV[1];
     RETURN NULL;
   END $$`,
  ...(
    [
      ['domains', 'host', 'host'],
      ['api_keys', 'key', 'prefix'],
    ] as const
  ).flatMap(([table, kind, column]) => [
    `CREATE TRIGGER ${table}_bury AFTER DELETE ON directory.${table}
       FOR EACH ROW EXECUTE FUNCTION directory.bury('${kind}', '${column}')`,
    `CREATE TRIGGER ${table}_exhume AFTER INSERT ON directory.${table}
       FOR EACH ROW EXECUTE FUNCTION directory.exhume('${kind}', '${column}')`,
  ]),
];

export class NumberDirectoryChanges1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['bury', 'exhume', 'touch_tenants_of_shard', 'touch_placed_tenant']) {
      await runner.query(`DROP FUNCTION directory.${name}() CASCADE`);
    }
  }
}
