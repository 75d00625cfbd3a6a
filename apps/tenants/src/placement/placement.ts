import type { Tier } from '#libs/contracts';

/** Where a tenant's data is. */
export interface Placement {
  readonly tenantId: string;
  readonly shard: string;
  readonly tier: Tier;
  /** Where the shard is, without credentials. */
  readonly url: string;
  readonly epoch: number;
}
