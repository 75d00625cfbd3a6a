export { shardBaseMigrations } from '../migrations/index.js';
export { type PoolLimits, type PoolStats } from './connection-pools.js';
export { isUniqueViolation, isForeignKeyViolation, isCheckViolation } from '#libs/database';
export { PgShardDirectory, type DirectoryOptions } from './pg-shard-directory.js';
export { PgTenantDatabase, type TenantDatabaseOptions } from './pg-tenant-database.js';
export { placeTenant, tierOf, type TierThresholds } from './placement-rule.js';
export { RelayDatabase, type ShardLogin } from './relay-database.js';
export { ShardControl, type FenceState } from './shard-control.js';
export {
  ShardDirectory,
  type ApiKeyRoute,
  type DirectoryTenant,
  type HostClaim,
  type Placement,
  type Shard,
  type ShardState,
  type TenantHost,
} from './shard-directory.js';
export { type SessionSettings } from './shard-connection.js';
export { TenantDatabase } from './tenant-database.js';
