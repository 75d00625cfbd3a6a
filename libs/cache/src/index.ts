export { TenantCache } from './tenant-cache.js';
