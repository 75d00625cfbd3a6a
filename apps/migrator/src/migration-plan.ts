import type { MigrationSet } from '#libs/database';
import { entitlementMigrations } from '#libs/entitlements/migrations';
import { eventMigrations } from '#libs/events/migrations';
import { requestMigrations } from '#libs/service/migrations';
import { shardBaseMigrations } from '#libs/sharding/migrations';
import type { MigratedService } from './services.js';

/** What is run in the directory database, and what in each shard, in this order. */
export interface MigrationPlan {
  readonly directory: readonly MigrationSet[];
  readonly shard: readonly MigrationSet[];
}

/** The tenants service keeps the directory; everybody else has a schema of their own name. */
const directorySchemas: Readonly<Record<string, string>> = { tenants: 'directory' };

const usage = ['harka_app'] as const;
const shardBase: readonly MigrationSet[] = [
  { schema: 'app', migrations: shardBaseMigrations },
  { schema: 'events', migrations: eventMigrations },
  { schema: 'entitlements', migrations: entitlementMigrations },
  { schema: 'requests', migrations: requestMigrations, usage },
];

export function planOf(services: readonly MigratedService[]): MigrationPlan {
  return {
    directory: services.flatMap(({ name, directory: migrations }) =>
      migrations === undefined ? [] : [{ schema: directorySchemas[name] ?? name, migrations }],
    ),
    shard: [
      ...shardBase,
      ...services.flatMap(({ name, shard: migrations }) =>
        migrations === undefined ? [] : [{ schema: name, migrations, usage }],
      ),
    ],
  };
}
