import type { Tier } from '#libs/contracts';
import { sqlState } from '#libs/database';
import { DomainError } from '#libs/kernel';
import { asDomainError } from './database-fault.js';
import type { PooledConnection } from './shard-connection.js';

export interface PoolLimits {
  /** Connections to one shard. */
  readonly perShard: number;
  /** Connections of this process to all shards together. */
  readonly total: number;
  /** The part of `perShard` that one tenant of a shared shard may hold. */
  readonly tenantShare: number;
  /** How long and in what number callers wait for a connection. */
  readonly waitMs: number;
  readonly waiting: number;
  /** A connection that nobody used for so long is closed. */
  readonly idleMs: number;
}

export const defaultPoolLimits: PoolLimits = {
  perShard: 8,
  total: 64,
  tenantShare: 0.5,
  waitMs: 2_000,
  waiting: 1_000,
  idleMs: 15_000,
};

export interface PoolTarget {
  readonly shard: string;
  readonly tier: Tier;
  readonly url: string;
}

export interface Lease {
  readonly connection: PooledConnection;
  /** `isBroken`: the connection is closed instead of kept. */
  release(isBroken?: boolean): void;
}

export interface PoolStats {
  readonly shard: string;
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

interface Waiter {
  readonly tenant: string;
  grant(lease: Lease): void;
  refuse(error: unknown): void;
}

interface Idle {
  readonly connection: PooledConnection;
  readonly since: number;
}

interface Pool {
  readonly target: PoolTarget;
  readonly tenantLimit: number;
  open: number;
  opening: number;
  readonly idle: Idle[];
  /** By tenant, in the order in which tenants are served next. */
  readonly waiting: Map<string, Waiter[]>;
  readonly held: Map<string, number>;
  failures: number;
  closedUntil: number;
}

const REST_AFTER_FAILURE_MS = 200;
const LONGEST_REST_MS = 2_000;

function unavailable(message: string, cause?: unknown): DomainError {
  return new DomainError('unavailable', 'database.unavailable', message, { retryAfterSeconds: 1, cause });
}

/**
 * The connections of one process: opened on demand, at most so many a shard and so many in all, closed when idle. A
 * connection that is idle makes room for a shard that needs one. Tenants that wait are served in turn, and none may
 * hold more than its share of a shard that it shares.
 */
export class ConnectionPools {
  private readonly pools = new Map<string, Pool>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly retired = new WeakSet<PooledConnection>();
  private open = 0;
  private waiting = 0;
  private isClosed = false;

  constructor(
    private readonly connect: (target: PoolTarget) => Promise<PooledConnection>,
    private readonly limits: PoolLimits = defaultPoolLimits,
  ) {
    this.sweeper = setInterval(
      () => {
        void this.closeIdle(Date.now() - limits.idleMs);
      },
      Math.max(50, limits.idleMs / 4),
    );
    this.sweeper.unref();
  }

  /** @throws DomainError `database.unavailable` */
  lease(target: PoolTarget, tenant: string): Promise<Lease> {
    if (this.isClosed) return Promise.reject(unavailable('The service is shutting down.'));
    const pool = this.poolOf(target);
    if (pool.closedUntil > Date.now()) return Promise.reject(unavailable('The database cannot be reached.'));
    if (this.mayHold(pool, tenant)) {
      const idle = pool.idle.pop();
      if (idle !== undefined) return Promise.resolve(this.hold(pool, tenant, idle.connection));
    }
    return this.wait(pool, tenant);
  }

  stats(): PoolStats[] {
    return [...this.pools.values()].map(({ target, open, idle, waiting }) => ({
      shard: target.shard,
      open,
      idle: idle.length,
      waiting: [...waiting.values()].reduce((sum, queue) => sum + queue.length, 0),
    }));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.sweeper);
    for (const pool of this.pools.values()) {
      this.refuseAll(pool, unavailable('The service is shutting down.'));
    }
    await this.closeIdle(Number.POSITIVE_INFINITY);
  }

  private poolOf(target: PoolTarget): Pool {
    const known = this.pools.get(target.shard);
    if (known?.target.url === target.url) return known;
    // A shard that moved to another address gets a new pool; the old one drains by idleness under another name.
    if (known !== undefined) this.pools.set(`${known.target.shard} ${known.target.url}`, known);
    const { perShard, tenantShare } = this.limits;
    const pool: Pool = {
      target,
      tenantLimit: target.tier === 'dedicated' ? perShard : Math.max(1, Math.ceil(perShard * tenantShare)),
      open: 0,
      opening: 0,
      idle: [],
      waiting: new Map(),
      held: new Map(),
      failures: 0,
      closedUntil: 0,
    };
    this.pools.set(target.shard, pool);
    return pool;
  }

  private mayHold(pool: Pool, tenant: string): boolean {
    return (pool.held.get(tenant) ?? 0) < pool.tenantLimit;
  }

  private hold(pool: Pool, tenant: string, connection: PooledConnection): Lease {
    pool.held.set(tenant, (pool.held.get(tenant) ?? 0) + 1);
    let isReleased = false;
    return {
      connection,
      release: (isBroken = false) => {
        if (isReleased) return;
        isReleased = true;
        const held = (pool.held.get(tenant) ?? 1) - 1;
        if (held === 0) pool.held.delete(tenant);
        else pool.held.set(tenant, held);
        if (isBroken || this.isClosed) void this.retire(pool, connection);
        else if (!this.retired.has(connection)) pool.idle.push({ connection, since: Date.now() });
        this.serve(pool);
        this.serveStarved(pool);
      },
    };
  }

  private wait(pool: Pool, tenant: string): Promise<Lease> {
    if (this.waiting >= this.limits.waiting) {
      return Promise.reject(unavailable('Too many requests wait for the database.'));
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        this.waiting -= 1;
        const queue = pool.waiting.get(tenant);
        if (queue === undefined) return;
        const index = queue.indexOf(waiter);
        if (index >= 0) queue.splice(index, 1);
        if (queue.length === 0) pool.waiting.delete(tenant);
      };
      const waiter: Waiter = {
        tenant,
        grant: (lease) => {
          leave();
          resolve(lease);
        },
        refuse: (error) => {
          leave();
          reject(error instanceof Error ? error : unavailable('No connection.', error));
        },
      };
      const timer = setTimeout(() => {
        waiter.refuse(unavailable('No connection to the database came free in time.'));
      }, this.limits.waitMs);
      this.waiting += 1;
      const queue = pool.waiting.get(tenant);
      if (queue === undefined) pool.waiting.set(tenant, [waiter]);
      else queue.push(waiter);
      this.serve(pool);
    });
  }

  private nextWaiter(pool: Pool): Waiter | undefined {
    for (const [tenant, queue] of pool.waiting) {
      if (!this.mayHold(pool, tenant)) continue;
      // Back of the line for this tenant's next one.
      pool.waiting.delete(tenant);
      pool.waiting.set(tenant, queue);
      return queue[0];
    }
    return undefined;
  }

  private serve(pool: Pool): void {
    while (pool.idle.length > 0) {
      const waiter = this.nextWaiter(pool);
      if (waiter === undefined) return;
      const idle = pool.idle.pop();
      if (idle === undefined) return;
      waiter.grant(this.hold(pool, waiter.tenant, idle.connection));
    }
    this.openFor(pool);
  }

  /** How many connections the waiters could use now. */
  private wanted(pool: Pool): number {
    let wanted = 0;
    for (const [tenant, queue] of pool.waiting) {
      wanted += Math.min(queue.length, pool.tenantLimit - (pool.held.get(tenant) ?? 0));
    }
    return wanted;
  }

  private openFor(pool: Pool): void {
    const atOnce = pool.failures > 0 ? 1 : this.limits.perShard;
    while (
      !this.isClosed &&
      pool.opening < Math.min(this.wanted(pool), atOnce) &&
      pool.open < this.limits.perShard &&
      (this.open < this.limits.total || this.makeRoom())
    ) {
      this.open += 1;
      pool.open += 1;
      pool.opening += 1;
      void this.openOne(pool);
    }
  }

  private async openOne(pool: Pool): Promise<void> {
    try {
      const connection = await this.connect(pool.target);
      pool.opening -= 1;
      pool.failures = 0;
      connection.onLost(() => {
        if (this.retired.has(connection)) return;
        const index = pool.idle.findIndex((idle) => idle.connection === connection);
        if (index >= 0) pool.idle.splice(index, 1);
        void this.retire(pool, connection);
        this.serve(pool);
        this.serveStarved(pool);
      });
      if (this.isClosed) void this.retire(pool, connection);
      else pool.idle.push({ connection, since: Date.now() });
      this.serve(pool);
    } catch (error) {
      pool.opening -= 1;
      this.giveBack(pool);
      this.serveStarved(pool);
      // A full server still answers on the connections that are open.
      if (sqlState(error) === '53300' && pool.open > 0) return;
      pool.failures += 1;
      pool.closedUntil =
        Date.now() + Math.min(LONGEST_REST_MS, REST_AFTER_FAILURE_MS * 2 ** (pool.failures - 1));
      this.refuseAll(pool, asDomainError(error));
    }
  }

  /** Takes a connection out of the count, once, and closes it. */
  private async retire(pool: Pool, connection: PooledConnection): Promise<void> {
    if (this.retired.has(connection)) return;
    this.retired.add(connection);
    this.giveBack(pool);
    await connection.close().catch(() => undefined);
  }

  private giveBack(pool: Pool): void {
    this.open -= 1;
    pool.open -= 1;
  }

  private refuseAll(pool: Pool, error: unknown): void {
    for (const queue of [...pool.waiting.values()]) for (const waiter of [...queue]) waiter.refuse(error);
  }

  /** Closes the connection that has been idle longest, of whatever shard. False when none is idle. */
  private makeRoom(): boolean {
    let oldest: { pool: Pool; since: number } | undefined;
    for (const pool of this.pools.values()) {
      const since = pool.idle[0]?.since;
      if (since !== undefined && (oldest === undefined || since < oldest.since)) oldest = { pool, since };
    }
    const idle = oldest?.pool.idle.shift();
    if (oldest === undefined || idle === undefined) return false;
    void this.retire(oldest.pool, idle.connection);
    return true;
  }

  /** Lets a shard whose callers wait for room under the total have it. */
  private serveStarved(except: Pool): void {
    if (this.waiting === 0) return;
    for (const pool of this.pools.values()) if (pool !== except && pool.waiting.size > 0) this.openFor(pool);
  }

  private async closeIdle(before: number): Promise<void> {
    const closing: Promise<void>[] = [];
    for (const [key, pool] of this.pools) {
      while ((pool.idle[0]?.since ?? Number.POSITIVE_INFINITY) < before) {
        const idle = pool.idle.shift();
        if (idle !== undefined) closing.push(this.retire(pool, idle.connection));
      }
      if (pool.open === 0 && pool.waiting.size === 0 && pool.closedUntil < Date.now()) this.pools.delete(key);
    }
    await Promise.all(closing);
  }
}
