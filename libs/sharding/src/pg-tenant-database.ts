import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { sqlState, type Login } from '#libs/database';
import { DomainError } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import {
  ConnectionPools,
  defaultPoolLimits,
  type Lease,
  type PoolLimits,
  type PoolStats,
} from './connection-pools.js';
import { asDomainError, isConnectionLost, STALE_EPOCH } from './database-fault.js';
import type { Row, Statement } from './pipeline.js';
import { defaultSession, ShardConnection, type SessionSettings } from './shard-connection.js';
import type { Placement, ShardDirectory } from './shard-directory.js';
import { TenantDatabase } from './tenant-database.js';
import { Transaction } from './transaction.js';

export interface TenantDatabaseOptions {
  readonly directory: ShardDirectory;
  /** Of harka_app. */
  readonly login: Login;
  readonly limits?: Partial<PoolLimits>;
  readonly session?: Partial<SessionSettings>;
  /** How long a statement waits for a tenant that is being moved. */
  readonly moveWaitMs?: number;
}

function entering({ tenantId, epoch }: Placement): Statement {
  return { text: 'SELECT app.enter_tenant($1, $2)', values: [tenantId, epoch] };
}

/** Errors after which the same statement may be sent again: nothing of it can have happened. */
const PLAN_OUTDATED = new Set(['0A000', '26000']);

/** TenantDatabase over one pool a shard. */
export class PgTenantDatabase extends TenantDatabase {
  private readonly directory: ShardDirectory;
  private readonly pools: ConnectionPools;
  private readonly moveWaitMs: number;
  private readonly ambient = new AsyncLocalStorage<Transaction>();

  constructor({ directory, login, limits, session, moveWaitMs = 2_000 }: TenantDatabaseOptions) {
    super();
    this.directory = directory;
    this.moveWaitMs = moveWaitMs;
    const settings = { ...defaultSession, ...session };
    this.pools = new ConnectionPools(({ url }) => ShardConnection.open(url, login, settings), {
      ...defaultPoolLimits,
      ...limits,
    });
  }

  async query<R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    const statement = { text, values };
    const { id } = currentTenant();
    const transaction = this.joined(id);
    try {
      const rows =
        transaction === undefined
          ? await this.enter(id, (enter, lease) => this.alone(enter, statement, lease))
          : await transaction.query(statement);
      return rows as R[];
    } catch (error) {
      // Made where bytes arrived, the error would not say whose statement it was.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw asDomainError(error);
    }
  }

  async run<R>(work: () => Promise<R>): Promise<R> {
    const { id } = currentTenant();
    const joined = this.joined(id);
    if (joined !== undefined) return this.nested(joined, work);
    const transaction = new Transaction(id, (opening) => this.enter(id, opening));
    let result: R;
    try {
      result = await this.ambient.run(transaction, async () => {
        const worked = await work();
        await transaction.finish();
        return worked;
      });
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    try {
      await transaction.commit();
    } catch (error) {
      throw asDomainError(error);
    }
    transaction.committed();
    return result;
  }

  async beforeCommit<T>(work: (items: readonly T[]) => Promise<void>, item: T): Promise<void> {
    const transaction = this.joined(currentTenant().id);
    if (transaction === undefined) await work([item]);
    else transaction.beforeCommit(work, item);
  }

  afterCommit(work: () => void): void {
    const transaction = this.joined(currentTenant().id);
    if (transaction === undefined) work();
    else transaction.afterCommit(work);
  }

  /** Connections now, by shard. */
  poolStats(): PoolStats[] {
    return this.pools.stats();
  }

  close(): Promise<void> {
    return this.pools.close();
  }

  private joined(tenantId: string): Transaction | undefined {
    const transaction = this.ambient.getStore();
    if (transaction !== undefined && transaction.tenantId !== tenantId) {
      throw new Error('A transaction belongs to one tenant; another was entered inside it.');
    }
    return transaction;
  }

  private async nested<R>(transaction: Transaction, work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      transaction.doom(error);
      throw error;
    }
  }

  private async alone(enter: Statement, statement: Statement, lease: Lease): Promise<Row[]> {
    try {
      const rows = await lease.connection.run([enter, statement]);
      lease.release();
      return rows;
    } catch (error) {
      lease.release(isConnectionLost(error));
      throw error;
    }
  }

  /** Runs `work` on a connection of the tenant's shard; again under a fresh placement when the epoch was stale. */
  private async enter(
    tenantId: string,
    work: (enter: Statement, lease: Lease) => Promise<Row[]>,
  ): Promise<Row[]> {
    let placement = await this.directory.placement(tenantId);
    let deadline: number | undefined;
    let isReplanned = false;
    for (;;) {
      const lease = await this.pools.lease(placement, tenantId);
      try {
        return await work(entering(placement), lease);
      } catch (error) {
        const state = sqlState(error) ?? '';
        if (PLAN_OUTDATED.has(state) && !isReplanned) {
          isReplanned = true;
          continue;
        }
        if (state !== STALE_EPOCH) throw error;
        deadline ??= Date.now() + this.moveWaitMs;
        placement = await this.moved(placement, deadline, error);
      }
    }
  }

  private async moved(stale: Placement, deadline: number, cause: unknown): Promise<Placement> {
    const fresh = await this.directory.refresh(stale.tenantId);
    if (fresh.epoch !== stale.epoch || fresh.shard !== stale.shard) return fresh;
    if (Date.now() >= deadline) {
      throw new DomainError(
        'unavailable',
        'tenant.moving',
        'This academy is being moved. Try again in a moment.',
        {
          retryAfterSeconds: 1,
          cause,
        },
      );
    }
    await delay(3 + Math.random() * 47);
    return fresh;
  }
}
