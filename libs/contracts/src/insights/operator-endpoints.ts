import { z } from 'zod';
import { defineEndpoint, pageQuery, tenantHandle, text } from '../index.js';
import { auditPage } from './audit-entry.js';
import {
  failedJobPage,
  jobParams,
  platformHealth,
  queueList,
  queueParams,
  queueSummary,
  tenantProjectionList,
  tenantUsage,
} from './operator.js';

const shared = { service: 'insights', access: 'operator' } as const;

export const showTenantUsage = defineEndpoint({
  ...shared,
  id: 'insights.operator_tenant.usage',
  method: 'GET',
  path: '/api/v1/operator/tenants/:tenantId/usage',
  summary: 'What a tenant uses of what its plan grants, and its health',
  params: tenantHandle,
  response: tenantUsage,
});

export const listTenantEvents = defineEndpoint({
  ...shared,
  id: 'insights.operator_tenant.events',
  method: 'GET',
  path: '/api/v1/operator/tenants/:tenantId/events',
  summary: 'What happened in a tenant, newest first; secrets are masked',
  params: tenantHandle,
  query: z.strictObject({
    ...pageQuery,
    /** A whole type (`auth.user.created`) or a beginning of one (`auth.`). */
    type: text(1, 100)
      .regex(/^[a-z_.]+$/, 'an event type has a-z, _ and dots')
      .optional(),
  }),
  response: auditPage,
});

export const listTenantProjections = defineEndpoint({
  ...shared,
  id: 'insights.operator_tenant.projections',
  method: 'GET',
  path: '/api/v1/operator/tenants/:tenantId/projections',
  summary: 'How far the read models of one tenant have come',
  params: tenantHandle,
  response: tenantProjectionList,
});

export const listQueues = defineEndpoint({
  ...shared,
  id: 'insights.queue.list',
  method: 'GET',
  path: '/api/v1/operator/queues',
  summary: 'The queues of all services with their jobs counted',
  response: queueList,
});

export const listFailedJobs = defineEndpoint({
  ...shared,
  id: 'insights.queue.failed_jobs',
  method: 'GET',
  path: '/api/v1/operator/queues/:queue/failed',
  summary: 'Jobs of one queue that were given up, the newest first; not what is in them',
  params: queueParams,
  query: z.strictObject(pageQuery),
  response: failedJobPage,
});

export const retryJob = defineEndpoint({
  ...shared,
  id: 'insights.queue.retry_job',
  method: 'POST',
  path: '/api/v1/operator/queues/:queue/failed/:jobId/retry',
  summary: 'Put a job that was given up into its queue again',
  params: jobParams,
  response: queueSummary,
});

export const discardJob = defineEndpoint({
  ...shared,
  id: 'insights.queue.discard_job',
  method: 'DELETE',
  path: '/api/v1/operator/queues/:queue/failed/:jobId',
  summary: 'Throw a job away that was given up',
  params: jobParams,
  response: null,
  status: 204,
});

export const showPlatform = defineEndpoint({
  ...shared,
  id: 'insights.platform.show',
  method: 'GET',
  path: '/api/v1/operator/platform',
  summary: 'The processes of every service, what they miss, their versions, and Redis',
  response: platformHealth,
});

export const operatorEndpoints = [
  showTenantUsage,
  listTenantEvents,
  listTenantProjections,
  listQueues,
  listFailedJobs,
  retryJob,
  discardJob,
  showPlatform,
] as const;
