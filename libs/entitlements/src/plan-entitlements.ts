import { termsOf, type Feature, type Limit } from '#libs/contracts';
import type { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { FeatureNotInPlan, LimitExceeded } from './entitlement.errors.js';
import { Entitlements } from './entitlements.js';

const USED = 'SELECT used::float8 AS used FROM entitlements.usage WHERE id = $1';

/** One statement decides and counts, so that takers at the same moment cannot overshoot together. No row: no room. */
const TAKE = `
  INSERT INTO entitlements.usage AS u (tenant_id, id, used)
  SELECT app.current_tenant(), $1, $2::bigint WHERE $3::bigint IS NULL OR $2::bigint <= $3::bigint
  ON CONFLICT (tenant_id, id) DO UPDATE SET used = u.used + excluded.used
   WHERE $3::bigint IS NULL OR u.used + excluded.used <= $3::bigint
  RETURNING used`;

const GIVE_BACK = 'UPDATE entitlements.usage SET used = greatest(0, used - $2::bigint) WHERE id = $1';

/** Entitlements by the plan's terms; what is used lies in the tenant's shard and moves with it. */
export class PlanEntitlements extends Entitlements {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async may(feature: Feature): Promise<boolean> {
    return termsOf(currentTenant().plan).features[feature];
  }

  async require(feature: Feature): Promise<void> {
    if (!(await this.may(feature))) throw new FeatureNotInPlan(feature);
  }

  async limit(limit: Limit): Promise<number | null> {
    return termsOf(currentTenant().plan).limits[limit];
  }

  async used(limit: Limit): Promise<number> {
    const [row] = await this.database.query<{ used: number }>(USED, [limit]);
    return row?.used ?? 0;
  }

  async take(limit: Limit, amount: number): Promise<void> {
    if (amount === 0) return;
    if (amount < 0) {
      await this.database.query(GIVE_BACK, [limit, -amount]);
      return;
    }
    const most = await this.limit(limit);
    const taken = await this.database.query(TAKE, [limit, amount, most]);
    if (taken.length === 0 && most !== null) throw new LimitExceeded(limit, most);
  }
}
