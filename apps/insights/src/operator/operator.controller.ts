import { Controller } from '@nestjs/common';
import {
  discardJob,
  listFailedJobs,
  listQueues,
  listTenantEvents,
  listTenantProjections,
  retryJob,
  showPlatform,
  showTenantUsage,
  type AuditPage,
  type PlatformHealth,
  type QueueSummary,
  type TenantUsage,
} from '#libs/contracts/insights';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { PlatformHealthReader } from './platform-health.redis.js';
import { Queues } from './queues.bull.js';
import { TenantInsights } from './tenant-insights.read-model.js';

@Controller()
export class OperatorController {
  constructor(
    private readonly tenants: TenantInsights,
    private readonly queues: Queues,
    private readonly platform: PlatformHealthReader,
  ) {}

  @Endpoint(showTenantUsage)
  async usage(@Input() { params }: InputOf<typeof showTenantUsage>): Promise<TenantUsage> {
    return this.tenants.usage(params.tenantId);
  }

  @Endpoint(listTenantEvents)
  async events(@Input() { params, query }: InputOf<typeof listTenantEvents>): Promise<AuditPage> {
    return this.tenants.events(params.tenantId, query);
  }

  @Endpoint(listTenantProjections)
  async projections(
    @Input() { params }: InputOf<typeof listTenantProjections>,
  ): Promise<ResultOf<typeof listTenantProjections>> {
    return { items: await this.tenants.projections(params.tenantId) };
  }

  @Endpoint(listQueues)
  async list(): Promise<ResultOf<typeof listQueues>> {
    return { items: await this.queues.all() };
  }

  @Endpoint(listFailedJobs)
  async failed(
    @Input() { params, query }: InputOf<typeof listFailedJobs>,
  ): Promise<ResultOf<typeof listFailedJobs>> {
    return this.queues.failed(params.queue, query);
  }

  @Endpoint(retryJob)
  async retry(@Input() { params }: InputOf<typeof retryJob>): Promise<QueueSummary> {
    return this.queues.retry(params.queue, params.jobId);
  }

  @Endpoint(discardJob)
  async discard(@Input() { params }: InputOf<typeof discardJob>): Promise<ResultOf<typeof discardJob>> {
    await this.queues.discard(params.queue, params.jobId);
    return undefined;
  }

  @Endpoint(showPlatform)
  async health(): Promise<PlatformHealth> {
    return this.platform.read();
  }
}
