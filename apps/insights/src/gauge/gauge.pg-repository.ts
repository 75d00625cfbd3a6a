import { Injectable } from '@nestjs/common';
import { RelayDatabase, TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { GaugeRepository, type Gauges, type PlanGauge, type TenantGauge } from './gauge.repository.js';

const MEASURE = `
  INSERT INTO insights.gauges (tenant_id, plan, active_users, storage_bytes, measured_on)
  SELECT app.current_tenant(), $1,
         (SELECT count(*) FROM insights.activity a JOIN insights.people p ON p.tenant_id = a.tenant_id AND p.id = a.id
           WHERE a.last_active_on >= $2::date AND p.status <> 'deactivated'),
         (SELECT coalesce(sum(bytes), 0) FROM insights.files), $3::date
  ON CONFLICT (tenant_id) DO UPDATE
     SET plan = excluded.plan, active_users = excluded.active_users,
         storage_bytes = excluded.storage_bytes, measured_on = excluded.measured_on`;

/** Looks at the newest entries alone: what lies further back is told by the day of the last activity. */
const LAST_ACTIVE = `
  SELECT coalesce(
           (SELECT max(occurred_at)
              FROM (SELECT occurred_at, actor_kind FROM insights.audit_entries ORDER BY position DESC LIMIT 500) e
             WHERE actor_kind IN ('user', 'api_key')),
           (SELECT max(last_active_on)::timestamptz FROM insights.activity)) AS at`;

const LARGEST = `
  SELECT tenant_id AS "tenantId", plan, active_users::float8 AS "activeUsers", storage_bytes::float8 AS "storageBytes"
    FROM insights.gauges ORDER BY active_users DESC, storage_bytes DESC, tenant_id LIMIT $1`;

const TOTALS = `
  SELECT plan, sum(active_users)::float8 AS "activeUsers", sum(storage_bytes)::float8 AS "storageBytes"
    FROM insights.gauges GROUP BY plan`;

const OUTDATED =
  'SELECT tenant_id AS "tenantId" FROM insights.gauges WHERE measured_on < $1::date LIMIT 10000';

@Injectable()
export class PgGaugeRepository extends GaugeRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly relay: RelayDatabase,
  ) {
    super();
  }

  async measure(activeSince: string, today: string): Promise<void> {
    await this.database.query(MEASURE, [currentTenant().plan, activeSince, today]);
  }

  async lastActiveAt(): Promise<Date | null> {
    const [row] = await this.database.query<{ at: Date | null }>(LAST_ACTIVE);
    return row?.at ?? null;
  }

  async read(count: number): Promise<Gauges> {
    const [largest, totals] = await Promise.all([
      this.ofShards<TenantGauge>(LARGEST, [count]),
      this.ofShards<PlanGauge>(TOTALS, []),
    ]);
    largest.sort((a, b) => b.activeUsers - a.activeUsers || b.storageBytes - a.storageBytes);
    return { largest: largest.slice(0, count), totals };
  }

  async outdated(today: string): Promise<string[]> {
    const rows = await this.ofShards<{ tenantId: string }>(OUTDATED, [today]);
    return rows.map(({ tenantId }) => tenantId);
  }

  private async ofShards<R extends object>(sql: string, values: readonly unknown[]): Promise<R[]> {
    const shards = await this.relay.eachShard();
    const answers = await Promise.allSettled(
      shards.map(({ name }) => this.relay.query<R>(name, sql, values)),
    );
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  }
}
