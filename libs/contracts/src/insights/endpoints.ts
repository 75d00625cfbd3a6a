import { z } from 'zod';
import { defineEndpoint, instant, pageQuery, text } from '../index.js';
import { auditPage } from './audit-entry.js';
import { operatorEndpoints } from './operator-endpoints.js';
import { projectionOverview, replayAccepted, replayOrder } from './projection-state.js';
import { tenantAnalytics } from './tenant-analytics.js';
import { usage, usageHistory, usageHistoryQuery } from './usage.js';
import { readInsightsPersonalData } from './personal-data.js';

const auditFilter = {
  /** A whole type (`auth.user.created`) or a beginning of one (`auth.`). */
  type: text(1, 100)
    .regex(/^[a-z_.]+$/, 'an event type has a-z, _ and dots')
    .optional(),
  actor: text(1, 100).optional(),
  subject: text(1, 200).optional(),
  from: instant().optional(),
  to: instant().optional(),
};

export const getTenantAnalytics = defineEndpoint({
  id: 'insights.analytics.tenant',
  service: 'insights',
  method: 'GET',
  path: '/api/v1/analytics/tenant',
  summary: 'The dashboard of the academy: users, progress, usage against the plan, health',
  access: 'analytics.read',
  response: tenantAnalytics,
});

export const listAudit = defineEndpoint({
  id: 'insights.audit.list',
  service: 'insights',
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'Who did what and when, newest first',
  access: 'audit.read',
  query: z.strictObject({ ...pageQuery, ...auditFilter }),
  response: auditPage,
});

export const exportAudit = defineEndpoint({
  id: 'insights.audit.export',
  service: 'insights',
  method: 'GET',
  path: '/api/v1/audit/export',
  summary: 'Everything that the filter finds, newest first, as CSV or as JSON lines',
  access: 'audit.read',
  query: z.strictObject({ ...auditFilter, format: z.enum(['csv', 'ndjson']).default('csv') }),
  download: true,
  response: null,
});

export const showUsage = defineEndpoint({
  id: 'insights.usage.show',
  service: 'insights',
  method: 'GET',
  path: '/api/v1/usage',
  summary: 'What the academy uses of its plan',
  access: 'analytics.read',
  response: usage,
});

export const showUsageHistory = defineEndpoint({
  id: 'insights.usage.history',
  service: 'insights',
  method: 'GET',
  path: '/api/v1/usage/history',
  summary: 'Requests, people and storage, day by day',
  access: 'analytics.read',
  query: usageHistoryQuery,
  response: usageHistory,
});

export const listProjections = defineEndpoint({
  id: 'insights.projection.list',
  service: 'insights',
  method: 'GET',
  path: '/api/v1/operator/projections',
  summary: 'How far the read models and the event relays have come',
  access: 'operator',
  response: projectionOverview,
});

export const replayProjection = defineEndpoint({
  id: 'insights.projection.replay',
  service: 'insights',
  method: 'POST',
  path: '/api/v1/operator/projections/replay',
  summary: 'Rebuild one read model of one tenant from its events',
  access: 'operator',
  body: replayOrder,
  response: replayAccepted,
  status: 202,
});

export const insightsEndpoints = [
  getTenantAnalytics,
  listAudit,
  exportAudit,
  showUsage,
  showUsageHistory,
  listProjections,
  replayProjection,
  readInsightsPersonalData,
  ...operatorEndpoints,
] as const;
