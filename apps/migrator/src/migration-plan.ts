import type { MigrationSet } from '#libs/database';
import { entitlementMigrations } from '#libs/entitlements';
import { eventMigrations } from '#libs/events';
import { requestMigrations, type ServiceDefinition } from '#libs/service';
import { shardBaseMigrations } from '#libs/sharding';

/** What is run in the directory database, and what in each shard, in this order. */
export interface MigrationPlan {
  readonly directory: readonly MigrationSet[];
  readonly shard: readonly MigrationSet[];
}

/** The directory is older than its owner's name: the tenants service keeps it in a schema of its own name. */
const directorySchemas: Readonly<Record<string, string>> = { tenants: 'directory' };

const shardBase: readonly MigrationSet[] = [
  { schema: 'app', migrations: shardBaseMigrations },
  { schema: 'events', migrations: eventMigrations },
  { schema: 'entitlements', migrations: entitlementMigrations },
  { schema: 'requests', migrations: requestMigrations, usage: ['harka_app'] },
];

export function planOf(services: readonly Pick<ServiceDefinition, 'name' | 'migrations'>[]): MigrationPlan {
  return {
    directory: services.flatMap(({ name, migrations }) =>
      migrations?.directory === undefined
        ? []
        : [{ schema: directorySchemas[name] ?? name, migrations: migrations.directory }],
    ),
    shard: [
      ...shardBase,
      ...services.flatMap(({ name, migrations }) =>
        migrations?.shard === undefined
          ? []
          : [{ schema: name, migrations: migrations.shard, usage: ['harka_app'] as const }],
      ),
    ],
  };
}
