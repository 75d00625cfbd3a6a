import type { ServiceName } from '#libs/contracts';
import { DomainError } from '#libs/kernel';
import type { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { runAsService } from '#libs/tenancy';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { EVENT_COLUMNS, storedEventOf, type EventRow } from './event-row.js';
import { publish } from './event-stream.js';
import type { RelayMetrics } from './relay-metrics.js';
import { Pause } from './pause.js';
import type { StoredEvent } from './stored-event.js';

export interface RelayOptions {
  /** How often it looks by itself; hints make it look at once. */
  readonly pollMs: number;
  /** How long a relay that died keeps its shard. */
  readonly leaseMs: number;
  /** Events that are published and cleared at once. */
  readonly batch: number;
}

interface ShardRelayOptions extends Partial<RelayOptions> {
  readonly service: ServiceName;
  readonly relay: RelayDatabase;
  readonly database: TenantDatabase;
  readonly directory: ShardDirectory;
  readonly redis: Redis;
  readonly logger: Logger;
}

const LEASE = `
  UPDATE events.relay_lease SET holder = $1, until = clock_timestamp() + make_interval(secs => $2::float8)
   WHERE holder = $1 OR until < clock_timestamp() RETURNING holder`;

const RELEASE = `UPDATE events.relay_lease SET until = '-infinity' WHERE holder = $1`;

/** A loose index scan: one probe a tenant, however many events each has. */
const PENDING_TENANTS = `
  WITH RECURSIVE pending (tenant_id) AS (
    (SELECT tenant_id FROM events.outbox_pending WHERE tenant_id > $1 ORDER BY tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT o.tenant_id FROM events.outbox_pending o WHERE o.tenant_id > p.tenant_id
             ORDER BY o.tenant_id LIMIT 1)
      FROM pending p WHERE p.tenant_id IS NOT NULL)
  SELECT tenant_id FROM pending WHERE tenant_id IS NOT NULL LIMIT 200`;

const PENDING_EVENTS = `
  SELECT ${EVENT_COLUMNS} FROM events.outbox_pending o
    JOIN events.events e ON e.tenant_id = o.tenant_id AND e.position = o.position
   ORDER BY o.position LIMIT $1`;

const CLEAR = 'DELETE FROM events.outbox_pending WHERE tenant_id = $1 AND position <= $2';

const FIRST = '00000000-0000-0000-0000-000000000000';
const LONGEST_REST_MS = 5_000;

/** Redis did not take an event; it stays in the outbox. */
class NotPublished extends Error {
  override readonly name = 'NotPublished';
}

/** The relay of one shard: takes the lease, publishes all that is pending, sleeps until it is woken. */
export class ShardRelay {
  private readonly settings: RelayOptions;
  private readonly pause = new Pause();
  private isStopped = false;
  private leasedUntil = 0;
  private failures = 0;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly shard: string,
    private readonly holder: string,
    private readonly options: ShardRelayOptions,
    private readonly metrics?: RelayMetrics,
  ) {
    const { pollMs = 2_000, leaseMs = 10_000, batch = 500 } = options;
    this.settings = { pollMs, leaseMs, batch };
  }

  start(): void {
    this.work = this.loop();
  }

  /** There may be something to publish. */
  wake(): void {
    this.pause.end();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.pause.end();
    await this.work;
    if (this.leasedUntil > 0) await this.ask(RELEASE, [this.holder]).catch(() => undefined);
  }

  private async loop(): Promise<void> {
    while (!this.isStopped) {
      let rest = this.settings.pollMs * (0.75 + Math.random() / 2);
      try {
        if (await this.holdsLease()) await this.publishAll();
        this.failures = 0;
      } catch (error) {
        this.failures += 1;
        rest = Math.min(LONGEST_REST_MS, 100 * 2 ** Math.min(this.failures, 6));
        this.options.logger.warn({ err: error, shard: this.shard }, 'events are not relayed');
      }
      await this.pause.last(rest);
    }
  }

  private async publishAll(): Promise<void> {
    for (let after = FIRST; ;) {
      const tenants = await this.ask<{ tenant_id: string }>(PENDING_TENANTS, [after]);
      for (const { tenant_id } of tenants) {
        if (this.isStopped || !(await this.holdsLease())) return;
        await this.publishTenant(tenant_id);
      }
      const last = tenants.at(-1);
      if (last === undefined) return;
      after = last.tenant_id;
    }
  }

  /** One batch: the next tenant has its turn before this one's next batch. */
  private async publishTenant(tenantId: string): Promise<void> {
    const events = await this.read(tenantId);
    const last = events.at(-1);
    if (last === undefined) return;
    const taken = await publish(this.options.redis, events);
    const lastTaken = events[taken - 1];
    if (lastTaken !== undefined) await this.ask(CLEAR, [tenantId, lastTaken.position]);
    this.metrics?.published(taken);
    if (taken < events.length) throw new NotPublished(`Redis took ${taken} of ${events.length} events.`);
    if (events.length === this.settings.batch) this.wake();
  }

  private async read(tenantId: string): Promise<StoredEvent[]> {
    const { directory, database, service } = this.options;
    const tenant = await directory.tenantById(tenantId);
    if (tenant === null) return [];
    try {
      const rows = await runAsService(tenant, service, () =>
        database.query<EventRow>(PENDING_EVENTS, [this.settings.batch]),
      );
      return rows.map(storedEventOf);
    } catch (error) {
      // A tenant that is on the move is published from where it arrives; the others here go on.
      if (error instanceof DomainError && error.code.startsWith('tenant.')) return [];
      throw error;
    }
  }

  private async holdsLease(): Promise<boolean> {
    const now = Date.now();
    if (this.leasedUntil - now > this.settings.leaseMs / 2) return true;
    const taken = await this.ask(LEASE, [this.holder, this.settings.leaseMs / 1000]);
    this.leasedUntil = taken.length === 0 ? 0 : now + this.settings.leaseMs;
    return taken.length > 0;
  }

  private ask<R extends object>(sql: string, values: readonly unknown[]): Promise<R[]> {
    return this.options.relay.query<R>(this.shard, sql, values);
  }
}
