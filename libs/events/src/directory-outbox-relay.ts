import type { ServiceName } from '#libs/contracts';
import type { ShardDirectory } from '#libs/sharding';
import { runAsService } from '#libs/tenancy';
import type { Logger } from 'pino';
import type { EventLog, RecordedEvent } from './event-log.js';
import { Pause } from './pause.js';
import type { EventActor, EventOrigin } from './stored-event.js';

/** The directory database as harka_control, of which the tenants service alone has a connection. */
export interface DirectoryOutbox {
  run<R>(work: () => Promise<R>): Promise<R>;
  /** Joins the transaction of `run` around it. */
  query<R extends object>(sql: string, values?: readonly unknown[]): Promise<R[]>;
}

interface OutboxRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly type: string;
  readonly version: number;
  readonly subject: string;
  readonly payload: unknown;
  readonly actor: EventActor;
  readonly origin: EventOrigin;
  readonly correlation_id: string;
  readonly occurred_at: Date;
}

export interface DirectoryOutboxRelayOptions {
  readonly service: ServiceName;
  readonly outbox: DirectoryOutbox;
  readonly events: EventLog;
  readonly directory: ShardDirectory;
  readonly logger: Logger;
  readonly pollMs?: number;
}

/** The lock makes replicas take turns: who waited finds the rows relayed and does not get them. */
const TAKE = `
  SELECT id, tenant_id, type, version, subject, payload, actor, origin, correlation_id, occurred_at
    FROM directory.outbox WHERE relayed_at IS NULL AND NOT tenant_id = ANY ($1::uuid[])
   ORDER BY change_seq LIMIT 200 FOR UPDATE`;

const DONE = 'UPDATE directory.outbox SET relayed_at = now() WHERE id = ANY ($1::uuid[])';

/** The page's transaction must not grow old over shards that do not answer. */
const PAGE_MS = 5_000;

/**
 * Copies the directory's events into the tenants' own logs, in the order of their commits. The copy commits before the
 * row is marked; repeating it after a crash adds nothing, since the log knows the ids.
 */
export class DirectoryOutboxRelay {
  private readonly pause = new Pause();
  private isStopped = false;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: DirectoryOutboxRelayOptions) {}

  start(): void {
    this.work = this.loop();
  }

  /** Something was written into the outbox. */
  wake(): void {
    this.pause.end();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.pause.end();
    await this.work;
  }

  /** Copies all that waits now. Tenants whose shard does not answer are left for the next time. */
  async relayAll(): Promise<void> {
    const skipped = new Set<string>();
    while (await this.relayPage(skipped));
  }

  private async loop(): Promise<void> {
    while (!this.isStopped) {
      try {
        await this.relayAll();
      } catch (error) {
        this.options.logger.warn({ err: error }, 'the events of the directory are not relayed');
      }
      await this.pause.last(this.options.pollMs ?? 1_000);
    }
  }

  private async relayPage(skipped: Set<string>): Promise<boolean> {
    const { outbox } = this.options;
    const deadline = Date.now() + PAGE_MS;
    return outbox.run(async () => {
      const rows = await outbox.query<OutboxRow>(TAKE, [[...skipped]]);
      const done: string[] = [];
      for (const [tenantId, events] of byTenant(rows)) {
        if (Date.now() > deadline) break;
        if (await this.copy(tenantId, events)) done.push(...events.map(({ id }) => id));
        else skipped.add(tenantId);
      }
      if (done.length > 0) await outbox.query(DONE, [done]);
      return rows.length > 0;
    });
  }

  private async copy(tenantId: string, events: readonly RecordedEvent[]): Promise<boolean> {
    const { directory, service, logger } = this.options;
    try {
      const tenant = await directory.tenantById(tenantId);
      if (tenant === null) return false;
      await runAsService(tenant, service, () => this.options.events.copy(events));
      return true;
    } catch (error) {
      logger.warn({ err: error, tenant: tenantId }, 'events of the directory wait for their tenant');
      return false;
    }
  }
}

function byTenant(rows: readonly OutboxRow[]): Map<string, RecordedEvent[]> {
  const tenants = new Map<string, RecordedEvent[]>();
  for (const { tenant_id, correlation_id, occurred_at, ...event } of rows) {
    const recorded = { ...event, correlationId: correlation_id, occurredAt: new Date(occurred_at) };
    tenants.set(tenant_id, [...(tenants.get(tenant_id) ?? []), recorded]);
  }
  return tenants;
}
