import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ProjectionRunner } from '#libs/events';
import { Clock } from '#libs/kernel';
import { ServiceLogger } from '#libs/service';
import { ShardDirectory } from '#libs/sharding';
import { runAsService } from '#libs/tenancy';
import { activeSince } from '../dashboard/tenant-dashboard.js';
import { UsageDays } from './usage-days.js';

const EVERY_MS = 30_000;

/** Writes down what the tenants use that something happened in: at most twice a minute, one row a day. */
@Injectable()
export class UsageRecorder implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly touched = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private recording: Promise<void> = Promise.resolve();

  constructor(
    private readonly runner: ProjectionRunner,
    private readonly days: UsageDays,
    private readonly directory: ShardDirectory,
    private readonly logger: ServiceLogger,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.runner.onApplied((tenantId) => this.touched.add(tenantId));
    this.timer = setInterval(() => {
      this.recording = this.recording.then(() => this.record());
    }, EVERY_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.recording;
  }

  private async record(): Promise<void> {
    const tenantIds = [...this.touched];
    this.touched.clear();
    for (const tenantId of tenantIds) {
      try {
        await this.measure(tenantId);
      } catch (error) {
        this.touched.add(tenantId);
        this.logger.warn({ err: error, tenant: tenantId }, 'the usage of a tenant was not written down');
      }
    }
  }

  private async measure(tenantId: string): Promise<void> {
    const tenant = await this.directory.tenantById(tenantId);
    if (tenant === null) return;
    const now = this.clock.now();
    await runAsService(tenant, 'insights', () =>
      this.days.measure(activeSince(now), now.toISOString().slice(0, 10)),
    );
  }
}
