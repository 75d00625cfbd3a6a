export { RedisTenantCache, type RedisTenantCacheOptions } from './redis-tenant-cache.js';
export { TenantCache } from './tenant-cache.js';
