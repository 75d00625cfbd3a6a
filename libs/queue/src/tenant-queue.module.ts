import { BullModule, getQueueToken } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Queue } from 'bull';
import {
  backoffStrategies,
  BullTenantQueue,
  type BullTenantQueueOptions,
  type Envelope,
} from './bull-tenant-queue.js';
import { TenantQueue } from './tenant-queue.js';

export interface TenantQueueModuleOptions extends BullTenantQueueOptions {
  readonly redisUrl: string;
  /** Jobs that one tenant may have started in a second, over all workers. */
  readonly jobsPerSecond?: number;
}

/** Provides `TenantQueue` over a Bull queue that has the name of the service; Nest closes it, active jobs first. */
@Module({})
export class TenantQueueModule {
  static forService({ redisUrl, jobsPerSecond = 200, ...options }: TenantQueueModuleOptions): DynamicModule {
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
          useFactory: (bull: Queue<Envelope>) => new BullTenantQueue(bull, options),
        },
      ],
      exports: [TenantQueue],
    };
  }
}
