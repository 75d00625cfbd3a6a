import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { OutboxRelay, ProjectionRunner } from '#libs/events';
import { Clock } from '#libs/kernel';
import { ServiceMetrics } from '#libs/metrics';
import { ServiceClient, ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { Redis } from 'ioredis';
import { ShowTenantDashboard } from './dashboard/show-tenant-dashboard.use-case.js';
import { GaugeKeeper } from './gauge/gauge-keeper.js';
import { GaugeRepository } from './gauge/gauge.repository.js';
import { Pulses } from './gauge/pulse.sender.js';
import { exposeTenantGauges } from './gauge/tenant-gauges.js';

const MEASURE_MS = 2_000;
const DAILY_LOOK_MS = 15 * 60_000;

/** What insights does without being asked: relays the shards' events and keeps the gauges of the tenants. */
@Injectable()
export class Background implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly relay: OutboxRelay;
  private readonly keeper: GaugeKeeper;
  private readonly timers: NodeJS.Timeout[] = [];
  private measuring: Promise<void> = Promise.resolve();

  constructor(
    private readonly runner: ProjectionRunner,
    private readonly gauges: GaugeRepository,
    private readonly metrics: ServiceMetrics,
    private readonly logger: ServiceLogger,
    relay: RelayDatabase,
    database: TenantDatabase,
    directory: ShardDirectory,
    redis: Redis,
    clock: Clock,
    dashboard: ShowTenantDashboard,
    client: ServiceClient,
  ) {
    this.relay = new OutboxRelay({
      service: 'insights',
      ...{ relay, database, directory, redis, logger, metrics },
    });
    const pulses = new Pulses(dashboard, gauges, client, clock);
    this.keeper = new GaugeKeeper(gauges, (id) => directory.tenantById(id), clock, pulses);
  }

  async onApplicationBootstrap(): Promise<void> {
    const failed = (error: unknown) => {
      this.logger.warn({ err: error }, 'the gauges of the tenants are not up to date');
    };
    exposeTenantGauges(this.metrics, this.gauges, failed);
    this.runner.onApplied((tenantId) => {
      this.keeper.touch(tenantId);
    });
    this.every(MEASURE_MS, () => this.keeper.measureTouched().catch(failed));
    this.every(DAILY_LOOK_MS, () => this.keeper.touchOutdated().catch(failed));
    await this.relay.start();
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all([this.relay.stop(), this.measuring]);
  }

  /** One after the other: a round that takes long is not overtaken by the next. */
  private every(milliseconds: number, work: () => Promise<void>): void {
    const round = () => {
      this.measuring = this.measuring.then(work);
    };
    this.timers.push(setInterval(round, milliseconds));
  }
}
