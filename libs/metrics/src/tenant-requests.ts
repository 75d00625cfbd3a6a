import { Counter } from 'prom-client';
import type { ServiceMetrics } from './service-metrics.js';
import { OTHER, TenantLabels } from './tenant-labels.js';

/** Series that one tenant may have; a further pair of endpoint and status counts under endpoint `other`. */
const SERIES_OF_A_TENANT = 80;

/** `tenant_api_requests_total{tenant_id,endpoint,status}`: the gateway has the only one of these. */
export class TenantRequests {
  private readonly counter: Counter<'tenant_id' | 'endpoint' | 'status'>;
  private readonly series = new Map<string, Map<string, SeriesLabels>>();

  constructor(
    metrics: ServiceMetrics,
    private readonly labels = new TenantLabels(),
  ) {
    this.counter = new Counter({
      name: 'tenant_api_requests_total',
      help: 'API requests per tenant; tenants beyond the busiest are counted as other',
      labelNames: ['tenant_id', 'endpoint', 'status'],
      registers: [metrics.registry],
    });
  }

  /** `endpoint` is the route template. */
  count(tenantId: string, endpoint: string, status: number): void {
    this.counter.inc(this.labelsOf(this.labels.of(tenantId), endpoint, String(status)));
  }

  /** Call this about once a minute: it lets busier tenants be named, and drops the series of those that no longer are. */
  turn(): void {
    for (const tenantId of this.labels.turn()) {
      for (const labels of this.series.get(tenantId)?.values() ?? []) this.counter.remove(labels);
      this.series.delete(tenantId);
    }
  }

  private labelsOf(tenant_id: string, endpoint: string, status: string): SeriesLabels {
    const known = this.seriesOf(tenant_id);
    const found = known.get(`${status} ${endpoint}`);
    if (found !== undefined) return found;
    const room = tenant_id === OTHER || known.size < SERIES_OF_A_TENANT;
    if (!room && endpoint !== OTHER) return this.labelsOf(tenant_id, OTHER, status);
    const labels = { tenant_id, endpoint, status };
    known.set(`${status} ${endpoint}`, labels);
    return labels;
  }

  private seriesOf(tenantId: string): Map<string, SeriesLabels> {
    const known = this.series.get(tenantId) ?? new Map<string, SeriesLabels>();
    this.series.set(tenantId, known);
    return known;
  }
}

interface SeriesLabels {
  readonly tenant_id: string;
  readonly endpoint: string;
  readonly status: string;
}
