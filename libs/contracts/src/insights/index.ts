export { auditEntry, auditPage, type AuditEntry, type AuditPage } from './audit-entry.js';
export {
  exportAudit,
  getTenantAnalytics,
  insightsEndpoints,
  listAudit,
  listProjections,
  replayProjection,
  showUsage,
  showUsageHistory,
} from './endpoints.js';
export { jobDiscarded, jobRetried, projectionReplayOrdered } from './events.js';
export { insightsPersonErased, readInsightsPersonalData } from './personal-data.js';
export {
  projectionOverview,
  projectionSummary,
  type ProjectionOverview,
  type ProjectionSummary,
} from './projection-state.js';
export {
  discardJob,
  listFailedJobs,
  listQueues,
  listTenantEvents,
  listTenantProjections,
  retryJob,
  showPlatform,
  showTenantUsage,
} from './operator-endpoints.js';
export {
  type FailedJob,
  type Instance,
  type PlatformHealth,
  type QueueSummary,
  type TenantProjection,
  type TenantUsage,
} from './operator.js';
export { tenantAnalytics, type TenantAnalytics } from './tenant-analytics.js';
export type { Usage, UsageHistory } from './usage.js';
