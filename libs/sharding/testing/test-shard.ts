import type { Migration } from '#libs/database';
import { testDatabase, type TestDatabase } from '#libs/database/testing';
import {
  PgTenantDatabase,
  RelayDatabase,
  shardBaseMigrations,
  ShardControl,
  type Shard,
  type TenantDatabaseOptions,
} from '#libs/sharding';
import { runAsService, type TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import { FakeShardDirectory } from './fake-shard-directory.js';
import { loginAs } from './login-as.js';

export interface TestShardOptions {
  /** Run after the shard's base, in the order given. */
  readonly migrations?: readonly Migration[];
  /** How many tenants to admit. */
  readonly tenants?: number;
  readonly database?: Pick<TenantDatabaseOptions, 'limits' | 'session' | 'moveWaitMs'>;
}

/** One shard on a database of its own, with tenants in it. */
export interface TestShard extends Pick<
  TestDatabase,
  'url' | 'ownerUrl' | 'appUrl' | 'relayUrl' | 'controlUrl'
> {
  readonly database: PgTenantDatabase;
  readonly relay: RelayDatabase;
  readonly control: ShardControl;
  readonly directory: FakeShardDirectory;
  readonly shard: Shard;
  readonly tenants: readonly TenantRef[];
  /** Runs work as a service would in that tenant. */
  inTenant<R>(tenant: TenantRef, work: () => R): R;
  /** Admits one more tenant. */
  admit(tenant?: TenantRef): Promise<TenantRef>;
  close(): Promise<void>;
}

export async function testShard(options: TestShardOptions = {}): Promise<TestShard> {
  const { migrations = [], tenants: count = 2, database: databaseOptions } = options;
  const base = await testDatabase({ migrations: [...shardBaseMigrations, ...migrations] });
  const directory = new FakeShardDirectory();
  const shard: Shard = { name: 'test', tier: 'small', url: base.url, state: 'open' };
  directory.shardList.push(shard);
  const database = new PgTenantDatabase({ directory, login: loginAs('harka_app'), ...databaseOptions });
  const relay = new RelayDatabase({ directory, login: loginAs('harka_relay') });
  const control = new ShardControl({ directory, login: loginAs('harka_control') });

  const admit = async (tenant: TenantRef = aTenant({ slug: `tenant-${directory.placements.size + 1}` })) => {
    directory.add(tenant, shard);
    await control.admitTenant(shard.name, tenant.id, 1);
    return tenant;
  };
  const tenants: TenantRef[] = [];
  while (tenants.length < count) tenants.push(await admit());

  const { url, ownerUrl, appUrl, relayUrl, controlUrl } = base;
  return {
    ...{ url, ownerUrl, appUrl, relayUrl, controlUrl },
    ...{ database, relay, control, directory, shard, tenants, admit },
    inTenant: (tenant, work) => runAsService(tenant, 'tenants', work),
    close: async () => {
      await Promise.all([database.close(), relay.close(), control.close()]);
      await base.drop();
    },
  };
}
