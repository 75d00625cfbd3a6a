import { oneReading, OTHER, type ServiceMetrics } from '#libs/metrics';
import type { GaugeRepository, Gauges, PlanGauge } from './gauge.repository.js';

const NAMED = 100;

/**
 * `tenant_active_users{tenant_id,plan}` and `tenant_storage_bytes{tenant_id}`: the largest tenants by name, the rest of
 * each plan together, so that a scrape is as large with 100,000 tenants as with a hundred.
 */
export function exposeTenantGauges(
  metrics: ServiceMetrics,
  repository: GaugeRepository,
  failed: (error: unknown) => void,
): void {
  const read = oneReading(() => repository.read(NAMED));
  const collected = (show: (gauges: Gauges) => void) => () => read().then(show).catch(failed);
  const active = metrics.platformGauge({
    name: 'tenant_active_users',
    help: 'Users per tenant who were active in the last 30 days; all but the largest tenants together as other',
    labels: ['tenant_id', 'plan'],
    collect: collected(({ largest, totals }) => {
      active.reset();
      for (const { tenantId, plan, activeUsers } of largest) {
        active.set({ tenant_id: tenantId, plan }, activeUsers);
      }
      for (const { plan, activeUsers } of restOf(totals, largest)) {
        active.set({ tenant_id: OTHER, plan }, activeUsers);
      }
    }),
  });
  const storage = metrics.platformGauge({
    name: 'tenant_storage_bytes',
    help: 'Bytes of stored files per tenant; all but the largest tenants together as other',
    labels: ['tenant_id'],
    collect: collected(({ largest, totals }) => {
      storage.reset();
      for (const { tenantId, storageBytes } of largest) storage.set({ tenant_id: tenantId }, storageBytes);
      const rest = restOf(totals, largest);
      if (rest.length > 0) storage.set({ tenant_id: OTHER }, sum(rest, 'storageBytes'));
    }),
  });
}

/** What is left of each plan's sums without the tenants that are named; nothing where all are named. */
function restOf(totals: readonly PlanGauge[], named: readonly PlanGauge[]): PlanGauge[] {
  if (named.length < NAMED) return [];
  const plans = [...new Set(totals.map(({ plan }) => plan))];
  return plans.map((plan) => {
    const [all, known] = [totals, named].map((gauges) => gauges.filter((gauge) => gauge.plan === plan));
    const left = (what: 'activeUsers' | 'storageBytes') =>
      Math.max(0, sum(all ?? [], what) - sum(known ?? [], what));
    return { plan, activeUsers: left('activeUsers'), storageBytes: left('storageBytes') };
  });
}

function sum(gauges: readonly PlanGauge[], what: 'activeUsers' | 'storageBytes'): number {
  return gauges.reduce((total, gauge) => total + gauge[what], 0);
}
