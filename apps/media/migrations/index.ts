import { CreateObjects1763700500000 } from './1763700500000-create-objects.js';

/** For each shard, after those of libs/sharding, libs/events and libs/entitlements. */
export const mediaMigrations = [CreateObjects1763700500000];
