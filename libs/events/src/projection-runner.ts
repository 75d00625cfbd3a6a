import type { ServiceName } from '#libs/contracts';
import type { ServiceMetrics } from '#libs/metrics';
import type { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { runAsService } from '#libs/tenancy';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { StreamListener, type Published } from './event-stream.js';
import { KeyedWork } from './keyed-work.js';
import { ProjectionLag } from './projection-lag.js';
import type { Projection } from './projection.js';
import { Projector } from './projector.js';

export interface ProjectionRunnerOptions {
  /** The service that it runs in, in whose name the projections write. */
  readonly service: ServiceName;
  readonly projections: readonly Projection[];
  readonly database: TenantDatabase;
  readonly relay: RelayDatabase;
  readonly directory: ShardDirectory;
  readonly redis: Redis;
  readonly logger: Logger;
  readonly metrics?: ServiceMetrics;
  /** How often it looks for events that nobody woke it for. */
  readonly sweepMs?: number;
  /** Tenants that are worked on at a time. */
  readonly concurrency?: number;
  readonly batch?: number;
}

const BUSY_MS = 200;
const RETRY_MS = 500;
const QUIET_MS = 5_000;

/**
 * Keeps the projections of a service up to date in all tenants. The stream wakes it, a sweep over the shards' counters
 * finds what nobody woke it for; what it applies it reads from the store. Any number of replicas may run.
 */
export class ProjectionRunner {
  private readonly projections: ReadonlyMap<string, Projection>;
  private readonly projector: Projector;
  private readonly work: KeyedWork;
  private readonly listener: StreamListener;
  private readonly lag: ProjectionLag;
  private readonly listeners: ((tenantId: string, projection: string) => void)[] = [];
  private readonly quietUntil = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(private readonly options: ProjectionRunnerOptions) {
    const { projections, database, batch, logger, redis, relay, metrics } = options;
    this.projections = new Map(projections.map((projection) => [projection.name, projection]));
    this.projector = new Projector({
      database,
      ...(batch !== undefined && { batch }),
      failed: (error, projection, outcome) => {
        logger.error({ err: error, projection, outcome }, 'an event cannot be applied');
      },
    });
    this.work = new KeyedWork(options.concurrency ?? 4, (key) => this.project(key));
    this.listener = new StreamListener(redis, (published) => {
      this.hear(published);
    });
    this.lag = new ProjectionLag(relay, metrics);
  }

  start(): void {
    if (this.projections.size === 0) return;
    this.listener.start();
    void this.sweep();
    this.timer = setInterval(() => void this.sweep(), this.options.sweepMs ?? 15_000);
  }

  /** Finishes the step under way in each tenant. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.listener.stop();
    await this.sweeping;
    await this.work.stop();
  }

  /** Calls back when a projection of a tenant may have changed. */
  onApplied(listener: (tenantId: string, projection: string) => void): void {
    this.listeners.push(listener);
  }

  /** Works on a projection of a tenant soon. */
  wake(tenantId: string, projection: string): void {
    this.work.add(`${projection} ${tenantId}`);
  }

  /** Looks in all shards for projections that are behind, and wakes them. */
  sweep(): Promise<void> {
    this.sweeping ??= this.sweepOnce().finally(() => {
      this.sweeping = undefined;
    });
    return this.sweeping;
  }

  private async sweepOnce(): Promise<void> {
    for (const projection of this.projections.keys()) {
      try {
        for (const { tenantId, status } of await this.lag.behind(projection)) {
          if (status !== 'parked') this.wake(tenantId, projection);
        }
      } catch (error) {
        this.options.logger.warn({ err: error, projection }, 'the sweep for missed events failed');
      }
    }
  }

  /** Once in a while: what keeps one tenant waiting often keeps all. */
  private warnOf(projection: string, tenant: string, error: unknown): void {
    if (Date.now() < (this.quietUntil.get(projection) ?? 0)) return;
    this.quietUntil.set(projection, Date.now() + QUIET_MS);
    this.options.logger.warn(
      { err: error, projection, tenant },
      'a projection waits, here and perhaps elsewhere',
    );
  }

  private hear(published: readonly Published[]): void {
    for (const { tenantId, type } of published) {
      for (const { name, types } of this.projections.values()) {
        if (types === null || types.includes(type)) this.wake(tenantId, name);
      }
    }
  }

  private async project(key: string): Promise<void> {
    const [name = '', tenantId = ''] = key.split(' ');
    const projection = this.projections.get(name);
    const tenant = await this.options.directory.tenantById(tenantId);
    if (projection === undefined || tenant === null) return;
    try {
      const outcome = await runAsService(tenant, this.options.service, () =>
        this.projector.catchUp(projection),
      );
      if (outcome === 'busy') this.work.addLater(key, BUSY_MS);
      else if (outcome === 'failed') this.work.addLater(key, RETRY_MS);
      for (const listener of this.listeners) listener(tenantId, name);
    } catch (error) {
      this.warnOf(name, tenantId, error);
      this.work.addLater(key, RETRY_MS * (4 + Math.random() * 4));
    }
  }
}
