import { z } from 'zod';
import { defineEndpoint, instant, pageQuery, text } from '../index.js';
import { auditPage } from './audit-entry.js';
import { operatorEndpoints } from './operator-endpoints.js';
import { projectionOverview, replayAccepted, replayOrder } from './projection-state.js';
import { tenantAnalytics } from './tenant-analytics.js';

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
  query: z.strictObject({
    ...pageQuery,
    /** A whole type (`auth.user.created`) or a beginning of one (`auth.`). */
    type: text(1, 100)
      .regex(/^[a-z_.]+$/, 'an event type has a-z, _ and dots')
      .optional(),
    actor: text(1, 100).optional(),
    subject: text(1, 200).optional(),
    from: instant().optional(),
    to: instant().optional(),
  }),
  response: auditPage,
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
  listProjections,
  replayProjection,
  ...operatorEndpoints,
] as const;
