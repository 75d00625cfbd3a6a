import type { Login } from '#libs/database';
import { ConnectionPools, defaultPoolLimits, type PoolLimits, type PoolStats } from './connection-pools.js';
import { asDomainError, isConnectionLost } from './database-fault.js';
import { defaultSession, ShardConnection, type SessionSettings } from './shard-connection.js';
import type { Shard, ShardDirectory } from './shard-directory.js';

export interface ShardLogin {
  readonly directory: ShardDirectory;
  readonly login: Login;
  readonly limits?: Partial<PoolLimits>;
  readonly session?: Partial<SessionSettings>;
}

const ANYBODY = '';

/** Statements at a shard under a role that enters no tenant: it sees what that role was granted, which is little. */
export class ShardAccess {
  protected readonly directory: ShardDirectory;
  private readonly pools: ConnectionPools;

  constructor({ directory, login, limits, session }: ShardLogin) {
    this.directory = directory;
    const settings = { ...defaultSession, ...session };
    this.pools = new ConnectionPools(({ url }) => ShardConnection.open(url, login, settings), {
      ...defaultPoolLimits,
      perShard: 2,
      tenantShare: 1,
      ...limits,
    });
  }

  /** The shards that hold or may hold tenants. */
  async eachShard(): Promise<readonly Shard[]> {
    return (await this.directory.shards()).filter(({ state }) => state !== 'gone');
  }

  /** Rows of one statement at the shard of that name, in a transaction of its own. */
  async query<R extends object>(shard: string, sql: string, values: readonly unknown[] = []): Promise<R[]> {
    const target = (await this.directory.shards()).find(({ name }) => name === shard);
    if (target === undefined) throw new Error(`There is no shard ${shard}.`);
    try {
      const lease = await this.pools.lease({ ...target, shard }, ANYBODY);
      try {
        const rows = await lease.connection.run([{ text: sql, values }]);
        lease.release();
        return rows as R[];
      } catch (error) {
        lease.release(isConnectionLost(error));
        throw error;
      }
    } catch (error) {
      throw asDomainError(error);
    }
  }

  poolStats(): PoolStats[] {
    return this.pools.stats();
  }

  close(): Promise<void> {
    return this.pools.close();
  }
}

/** The shards as harka_relay sees them: ids and positions of what waits to be relayed, of all tenants. */
export class RelayDatabase extends ShardAccess {}
