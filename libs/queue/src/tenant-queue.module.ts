import { BullModule, getQueueToken } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import type { ServiceMetrics } from '#libs/metrics';
import type { Queue } from 'bull';
import type { Logger } from 'pino';
import {
  backoffStrategies,
  BullTenantQueue,
  type BullTenantQueueOptions,
  type Envelope,
} from './bull-tenant-queue.js';
import { TenantQueue } from './tenant-queue.js';

export interface TenantQueueModuleOptions extends BullTenantQueueOptions {
  readonly redisUrl: string;
  readonly metrics?: ServiceMetrics;
  /** Jobs that one tenant may have started in a second, over all workers. */
  readonly jobsPerSecond?: number;
}

/** Provides `TenantQueue` over a Bull queue that has the name of the service; Nest closes it, active jobs first. */
@Module({})
export class TenantQueueModule {
  static forService({
    redisUrl,
    metrics,
    jobsPerSecond = 200,
    ...options
  }: TenantQueueModuleOptions): DynamicModule {
    const queue = BullModule.registerQueue({
      name: options.service,
      url: redisUrl,
      prefix: 'harka:queue',
      settings: { backoffStrategies },
      limiter: { max: jobsPerSecond, duration: 1_000, groupKey: 'tenantId' },
    });
    return {
      module: TenantQueueModule,
      imports: [queue],
      providers: [
        {
          provide: TenantQueue,
          inject: [getQueueToken(options.service)],
          useFactory: (bull: Queue<Envelope>) => {
            if (metrics !== undefined) observeQueue(metrics, bull, options.logger);
            return new BullTenantQueue(bull, options);
          },
        },
      ],
      exports: [TenantQueue],
    };
  }
}

/** `<service>_queue_jobs{state}`: waiting, active, delayed and failed jobs. */
function observeQueue(metrics: ServiceMetrics, queue: Queue<Envelope>, logger: Logger): void {
  metrics.gauge({
    name: 'queue_jobs',
    help: 'Jobs in the queue of the service, by state',
    labels: ['state'],
    collect: async (gauge) => {
      // Without its connection Bull would wait, and the scrape with it.
      if (queue.client.status !== 'ready') return;
      try {
        const { waiting, active, delayed, failed } = await queue.getJobCounts();
        for (const [state, jobs] of Object.entries({ waiting, active, delayed, failed })) {
          gauge.set({ state }, jobs);
        }
      } catch (error) {
        logger.warn({ err: error }, 'the jobs in the queue are not counted');
      }
    },
  });
}
