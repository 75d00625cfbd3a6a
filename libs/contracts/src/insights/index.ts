export { auditEntry, auditPage, type AuditEntry, type AuditPage } from './audit-entry.js';
export {
  getTenantAnalytics,
  insightsEndpoints,
  listAudit,
  listProjections,
  replayProjection,
} from './endpoints.js';
export { projectionReplayOrdered } from './events.js';
export {
  projectionOverview,
  projectionSummary,
  type ProjectionOverview,
  type ProjectionSummary,
} from './projection-state.js';
export { tenantAnalytics, type TenantAnalytics } from './tenant-analytics.js';
