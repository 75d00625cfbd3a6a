import { Module } from '@nestjs/common';
import { QueueInspector } from '#libs/queue';
import { Redis } from 'ioredis';
import { AuditController } from './audit/audit.controller.js';
import { PgAuditRepository } from './audit/audit.pg-repository.js';
import { AuditRepository } from './audit/audit.repository.js';
import { ExportAudit } from './audit/export-audit.use-case.js';
import { ListAudit } from './audit/list-audit.use-case.js';
import { Background } from './background.js';
import { ApiUsage } from './dashboard/api-usage.js';
import { RedisApiUsage } from './dashboard/api-usage.redis.js';
import { DashboardController } from './dashboard/dashboard.controller.js';
import { PgDashboardRepository } from './dashboard/dashboard.pg-repository.js';
import { DashboardRepository } from './dashboard/dashboard.repository.js';
import { ShowTenantDashboard } from './dashboard/show-tenant-dashboard.use-case.js';
import { PgGaugeRepository } from './gauge/gauge.pg-repository.js';
import { GaugeRepository } from './gauge/gauge.repository.js';
import { OperatorController } from './operator/operator.controller.js';
import { PlatformHealthReader } from './operator/platform-health.redis.js';
import { Queues } from './operator/queues.bull.js';
import { TenantInsights } from './operator/tenant-insights.read-model.js';
import { PersonalDataController } from './personal-data/personal-data.controller.js';
import { PersonalDataReader } from './personal-data/personal-data.reader.js';
import { EventStoreProjections } from './projection/event-store.projections.js';
import { ProjectionController } from './projection/projection.controller.js';
import { Projections } from './projection/projections.js';
import { ShowUsage } from './usage/show-usage.use-case.js';
import { UsageController } from './usage/usage.controller.js';
import { UsageDays } from './usage/usage-days.js';
import { PgUsageDays } from './usage/usage-days.pg-repository.js';
import { UsageRecorder } from './usage/usage.recorder.js';

@Module({
  controllers: [
    AuditController,
    DashboardController,
    OperatorController,
    PersonalDataController,
    ProjectionController,
    UsageController,
  ],
  providers: [
    Background,
    ExportAudit,
    ListAudit,
    PersonalDataReader,
    ShowUsage,
    UsageRecorder,
    ShowTenantDashboard,
    PlatformHealthReader,
    Queues,
    TenantInsights,
    { provide: QueueInspector, inject: [Redis], useFactory: (redis: Redis) => new QueueInspector(redis) },
    { provide: ApiUsage, useClass: RedisApiUsage },
    { provide: AuditRepository, useClass: PgAuditRepository },
    { provide: DashboardRepository, useClass: PgDashboardRepository },
    { provide: GaugeRepository, useClass: PgGaugeRepository },
    { provide: UsageDays, useClass: PgUsageDays },
    { provide: Projections, useClass: EventStoreProjections },
  ],
})
export class InsightsModule {}
