import { hostname } from 'node:os';
import type { ServiceName } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { ServiceMetrics } from '#libs/metrics';
import type { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { HINT_CHANNEL } from './outbox-hint.js';
import { RelayMetrics } from './relay-metrics.js';
import { ShardRelay, type RelayOptions } from './shard-relay.js';

export interface OutboxRelayOptions extends Partial<RelayOptions> {
  /** The service that it runs in, in whose name it reads. */
  readonly service: ServiceName;
  readonly relay: RelayDatabase;
  readonly database: TenantDatabase;
  readonly directory: ShardDirectory;
  readonly redis: Redis;
  readonly logger: Logger;
  readonly metrics?: ServiceMetrics;
  /** How often it looks for shards that were added. */
  readonly shardsEveryMs?: number;
}

/**
 * Publishes what the shards' outboxes hold to the Redis stream `harka:events`: each event at least once, a tenant's
 * events in order, only what has committed. Any number of replicas may run; for each shard one of them works.
 */
export class OutboxRelay {
  private readonly holder = `${hostname()}:${process.pid}:${newId()}`;
  private readonly shards = new Map<string, ShardRelay>();
  private readonly metrics: RelayMetrics | undefined;
  private hints: Redis | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: OutboxRelayOptions) {
    this.metrics = options.metrics && new RelayMetrics(options.metrics, options.relay, options.logger);
  }

  async start(): Promise<void> {
    this.hints = this.options.redis.duplicate();
    this.hints.on('error', () => undefined);
    this.hints.on('message', (_channel: string, tenantIds: string) => {
      this.hear(tenantIds.split(' ')).catch(this.warn('a hint was not followed'));
    });
    this.hints.subscribe(HINT_CHANNEL).catch(this.warn('hints are not heard'));
    await this.followShards().catch(this.warn('the shards are not known'));
    this.timer = setInterval(() => {
      this.followShards().catch(this.warn('the shards are not known'));
    }, this.options.shardsEveryMs ?? 10_000);
  }

  /** Finishes what is being published. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.hints?.disconnect();
    await Promise.all([...this.shards.values()].map((shard) => shard.stop()));
  }

  private async followShards(): Promise<void> {
    const { relay } = this.options;
    for (const { name } of await relay.eachShard()) {
      if (this.shards.has(name)) continue;
      const shard = new ShardRelay(name, this.holder, this.options, this.metrics);
      this.shards.set(name, shard);
      shard.start();
    }
  }

  private async hear(tenantIds: readonly string[]): Promise<void> {
    for (const tenantId of tenantIds) {
      // A tenant that is not known here yet is found by the next look.
      const placement = await this.options.directory.placement(tenantId).catch(() => undefined);
      if (placement !== undefined) this.shards.get(placement.shard)?.wake();
    }
  }

  private warn(what: string): (error: unknown) => void {
    return (error) => {
      this.options.logger.warn({ err: error }, what);
    };
  }
}
