import { CreateTenantFence1763600000000 } from './1763600000000-create-tenant-fence.js';

/** What every shard has before any service: the fence and the way into a tenant. Schema `app`. */
export const shardBaseMigrations = [CreateTenantFence1763600000000];
