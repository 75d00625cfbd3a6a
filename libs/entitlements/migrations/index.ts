import { CreateUsage1763700200000 } from './1763700200000-create-usage.js';

/** For each shard, after those of libs/sharding. */
export const entitlementMigrations = [CreateUsage1763700200000];
