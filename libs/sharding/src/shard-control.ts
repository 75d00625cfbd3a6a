import { ShardAccess } from './relay-database.js';

/** Whether a shard serves a tenant: `active`, or fenced because the tenant is moving, has moved, or was erased. */
export type FenceState = 'active' | 'moving' | 'moved' | 'erased';

/** The fences of the shards, as harka_control: for the tenants service alone. */
export class ShardControl extends ShardAccess {
  /**
   * Lets the tenant in at `epoch`. Idempotent; a lower epoch than the shard knows is refused.
   *
   * @throws the driver's error with SQLSTATE TN001
   */
  async admitTenant(shard: string, tenantId: string, epoch: number): Promise<void> {
    await this.query(shard, 'SELECT app.admit_tenant($1, $2)', [tenantId, epoch]);
  }

  /** Waits for the tenant's transactions to end, then lets none in: any epoch up to `epoch` is stale from now on. */
  async fenceTenant(shard: string, tenantId: string, epoch: number, state: Exclude<FenceState, 'active'>) {
    await this.query(shard, 'SELECT app.fence_tenant($1, $2, $3)', [tenantId, epoch, state]);
  }
}
