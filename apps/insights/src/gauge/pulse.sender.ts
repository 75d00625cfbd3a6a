import { recordPulses, type TenantPulse } from '#libs/contracts/tenants';
import { newId, type Clock } from '#libs/kernel';
import type { ServiceClient } from '#libs/service';
import { anonymous, currentTenant, runInContext } from '#libs/tenancy';
import type { ShowTenantDashboard } from '../dashboard/show-tenant-dashboard.use-case.js';
import type { GaugeRepository } from './gauge.repository.js';

export interface Pulse extends TenantPulse {
  readonly tenantId: string;
}

/** Measures how the current tenant is, and tells the directory's keeper for the operator's lists. */
export class Pulses {
  constructor(
    private readonly dashboard: Pick<ShowTenantDashboard, 'execute'>,
    private readonly gauges: Pick<GaugeRepository, 'lastActiveAt'>,
    private readonly client: Pick<ServiceClient, 'call'>,
    private readonly clock: Clock,
  ) {}

  async measure(): Promise<Pulse> {
    const [{ metrics, health }, lastActiveAt] = await Promise.all([
      this.dashboard.execute(),
      this.gauges.lastActiveAt(),
    ]);
    return {
      tenantId: currentTenant().id,
      activeUsers: metrics.activeUsers,
      storageBytes: metrics.storage.used,
      lastActiveAt: lastActiveAt?.toISOString() ?? null,
      health: health.status,
      issues: health.issues,
      measuredAt: this.clock.now().toISOString(),
    };
  }

  /** @throws DomainError `service.unavailable` */
  async send(pulses: readonly Pulse[]): Promise<void> {
    const actor = { ...anonymous, kind: 'service', id: 'insights', name: 'insights' } as const;
    const context = { tenant: null, actor, requestId: newId(), traceparent: null, ip: null, userAgent: null };
    await runInContext(context, async () =>
      this.client.call(recordPulses, { body: { pulses: pulses.map((pulse) => ({ ...pulse })) } }),
    );
  }
}
