import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TenantCache } from '#libs/cache';
import { Entitlements } from '#libs/entitlements';
import { EventLog, ProjectionRunner } from '#libs/events';
import { Clock } from '#libs/kernel';
import { ServiceMetrics } from '#libs/metrics';
import { TenantQueueModule } from '#libs/queue';
import { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { UnitOfWork } from '#libs/tenancy';
import { Redis } from 'ioredis';
import { Broadcast } from './broadcast.js';
import { IdempotencyKeys } from './idempotency-keys.js';
import type { Platform } from './platform.js';
import { PlatformConfig } from './platform.config.js';
import { Readiness } from './readiness.js';
import { ServiceClient } from './service-client.js';
import { ServiceLogger } from './service-logger.js';

/** What every service can have injected. */
@Global()
@Module({})
export class PlatformModule {
  static of(platform: Platform): DynamicModule {
    const providers: Provider[] = [
      { provide: PlatformConfig, useValue: platform.config },
      { provide: Clock, useValue: platform.clock },
      { provide: ServiceLogger, useValue: platform.logger },
      { provide: ServiceMetrics, useValue: platform.metrics },
      { provide: Readiness, useValue: platform.readiness },
      { provide: Redis, useValue: platform.redis },
      { provide: Broadcast, useValue: platform.broadcast },
      { provide: ServiceClient, useValue: platform.client },
      { provide: ShardDirectory, useValue: platform.directory },
      { provide: TenantDatabase, useValue: platform.database },
      { provide: UnitOfWork, useValue: platform.database },
      { provide: EventLog, useValue: platform.events },
      { provide: Entitlements, useValue: platform.entitlements },
      { provide: TenantCache, useValue: platform.cache },
      { provide: RelayDatabase, useValue: platform.relay },
      { provide: ProjectionRunner, useValue: platform.projections },
      { provide: IdempotencyKeys, useValue: new IdempotencyKeys(platform.database) },
    ];
    const queue = TenantQueueModule.forService({
      service: platform.metrics.service,
      directory: platform.directory,
      logger: platform.logger,
      metrics: platform.metrics,
      redisUrl: platform.config.HARKA_REDIS_URL,
    });
    return { module: PlatformModule, imports: [queue], providers, exports: [...providers, queue] };
  }
}
