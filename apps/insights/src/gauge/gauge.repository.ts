/** One tenant's numbers for the metrics of the platform. */
export interface TenantGauge {
  readonly tenantId: string;
  readonly plan: string;
  readonly activeUsers: number;
  readonly storageBytes: number;
}

/** The sums over all tenants of one plan. */
export type PlanGauge = Omit<TenantGauge, 'tenantId'>;

export interface Gauges {
  /** Those with the most active users. */
  readonly largest: readonly TenantGauge[];
  readonly totals: readonly PlanGauge[];
}

export abstract class GaugeRepository {
  /** Measures the current tenant anew. `activeSince` and `today` are days, yyyy-mm-dd. */
  abstract measure(activeSince: string, today: string): Promise<void>;

  /** Over all shards that answer: at most `count` tenants by name. */
  abstract read(count: number): Promise<Gauges>;

  /** When somebody of the current tenant last did something that was written down. */
  abstract lastActiveAt(): Promise<Date | null>;

  /** Tenants that were not measured since `today` began. */
  abstract outdated(today: string): Promise<string[]>;
}
