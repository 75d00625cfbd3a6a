import { CreateObjects1763700500000 } from './1763700500000-create-objects.js';
import { CreateUploads1763700500001 } from './1763700500001-create-uploads.js';

/** For each shard, after those of libs/sharding, libs/events and libs/entitlements. */
export const mediaMigrations = [CreateObjects1763700500000, CreateUploads1763700500001];
