import { Injectable } from '@nestjs/common';
import type { AuditPage, TenantProjection, TenantUsage } from '#libs/contracts/insights';
import { termsOf } from '#libs/entitlements';
import { RelayDatabase, ShardDirectory } from '#libs/sharding';
import { currentContext, runInContext, type TenantRef } from '#libs/tenancy';
import { ListAudit } from '../audit/list-audit.use-case.js';
import { ShowTenantDashboard } from '../dashboard/show-tenant-dashboard.use-case.js';
import { TenantUnknown } from '../projection/projection.errors.js';

const PROJECTIONS = `
  SELECT k.id AS projection, k.status, k.position::float8 AS position, coalesce(c.position, 0)::float8 AS head,
         k.failure AS error
    FROM events.checkpoints k LEFT JOIN events.counters c ON c.tenant_id = k.tenant_id
   WHERE k.tenant_id = $1 ORDER BY k.id`;

interface EventSearch {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly type?: string | undefined;
}

/** One tenant, looked at by an operator: what it uses, what happened in it, how far its read models are. */
@Injectable()
export class TenantInsights {
  constructor(
    private readonly directory: ShardDirectory,
    private readonly relay: RelayDatabase,
    private readonly dashboard: ShowTenantDashboard,
    private readonly audit: ListAudit,
  ) {}

  /** @throws TenantUnknown */
  async usage(handle: string): Promise<TenantUsage> {
    return this.within(handle, async ({ id, plan }) => {
      const { metrics, health } = await this.dashboard.execute();
      const { features, limits } = termsOf(plan);
      const used = {
        users: metrics.totalUsers,
        storageBytes: metrics.storage.used,
        requestsPerMonth: metrics.apiUsage.requests,
        requestsPerMinute: null,
        queuedJobs: null,
      } as const;
      const names = ['users', 'storageBytes', 'requestsPerMonth', 'requestsPerMinute', 'queuedJobs'] as const;
      const { activeUsers, coursesCompleted, averageProgress } = metrics;
      return {
        ...{ tenantId: id, plan, activeUsers, coursesCompleted, averageProgress },
        limits: names.map((name) => ({ name, used: used[name], most: limits[name] })),
        features: { ...features },
        health,
      };
    });
  }

  /** @throws TenantUnknown */
  async events(handle: string, { limit, cursor, type }: EventSearch): Promise<AuditPage> {
    return this.within(handle, async () => this.audit.execute({ type }, limit, cursor));
  }

  /** @throws TenantUnknown */
  async projections(handle: string): Promise<TenantProjection[]> {
    return this.within(handle, async ({ id }) => {
      const { shard } = await this.directory.placement(id);
      return this.relay.query<TenantProjection>(shard, PROJECTIONS, [id]);
    });
  }

  private async within<R>(handle: string, work: (tenant: TenantRef) => Promise<R>): Promise<R> {
    const found = (await this.directory.tenantById(handle)) ?? (await this.directory.tenantBySlug(handle));
    if (found === null || found.status === 'deleted') throw new TenantUnknown();
    const { id, slug, name, plan, status } = found;
    const tenant = { id, slug, name, plan, status };
    return runInContext({ ...currentContext(), tenant }, async () => work(tenant));
  }
}
