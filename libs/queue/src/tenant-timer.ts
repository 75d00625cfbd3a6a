import type { ServiceName } from '#libs/contracts';
import type { RelayDatabase, ShardDirectory } from '#libs/sharding';
import { runAsService } from '#libs/tenancy';
import type { Logger } from 'pino';

export interface TenantTimerOptions<Row extends { readonly tenantId: string }> {
  readonly service: ServiceName;
  readonly relay: RelayDatabase;
  readonly directory: Pick<ShardDirectory, 'tenantById'>;
  readonly logger: Logger;
  /** One statement a shard, as harka_relay: who has something to do by now. It must touch no tenant that has nothing. */
  readonly due: string;
  /** Inside the tenant; usually it queues a job under a key. */
  readonly wake: (row: Row) => Promise<void>;
  readonly everyMs?: number;
}

/**
 * Wakes tenants for what is due at a time. It looks at each shard once in a while, however many tenants are there, and
 * may wake a tenant twice: what is then done must be the same once or twice.
 */
export class TenantTimer<Row extends { readonly tenantId: string }> {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;

  constructor(private readonly options: TenantTimerOptions<Row>) {}

  start(): void {
    void this.look();
    this.timer = setInterval(() => void this.look(), this.options.everyMs ?? 10_000);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  /** One round; whoever asks during a round gets that one. */
  look(): Promise<void> {
    this.round ??= this.lookOnce().finally(() => {
      this.round = undefined;
    });
    return this.round;
  }

  private async lookOnce(): Promise<void> {
    const { relay, logger, due } = this.options;
    try {
      for (const { name } of await relay.eachShard()) {
        for (const row of await relay.query<Row>(name, due)) await this.wake(row);
      }
    } catch (error) {
      logger.warn({ err: error }, 'looking for what is due failed');
    }
  }

  private async wake(row: Row): Promise<void> {
    const { directory, service, wake, logger } = this.options;
    try {
      const tenant = await directory.tenantById(row.tenantId);
      if (tenant?.status === 'active') await runAsService(tenant, service, () => wake(row));
    } catch (error) {
      logger.warn({ err: error, tenant: row.tenantId }, 'a tenant waits for what is due');
    }
  }
}
