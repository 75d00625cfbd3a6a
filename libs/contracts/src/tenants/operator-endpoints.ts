import { z } from 'zod';
import { defineEndpoint, pageQuery, plan, tenantHandle, tenantStatus, text, tier, uuid } from '../index.js';
import { domain, domainList, domainParams, newDomain } from './domain.js';
import { bundle, MAX_BUNDLE_BYTES, onboarding, onboardingCheck, onboardingPage } from './onboarding.js';
import { newShard, shard, shardList, shardLoadList } from './shard.js';
import { newTenant, operatorTenant, operatorTenantPage } from './tenant.js';

const reason = text(1, 500);
const shared = { service: 'tenants', access: 'operator' } as const;
const tenantDomainParams = z.strictObject({ ...tenantHandle.shape, ...domainParams.shape });

export const listTenants = defineEndpoint({
  ...shared,
  id: 'tenants.operator_tenant.list',
  method: 'GET',
  path: '/api/v1/operator/tenants',
  summary: 'Tenants, searched, filtered and sorted; `q` searches slug and name',
  query: z.strictObject({
    ...pageQuery,
    q: z.string().trim().max(100).optional(),
    status: tenantStatus.optional(),
    plan: plan.optional(),
    tier: tier.optional(),
    shard: z.string().max(63).optional(),
    health: z.enum(['healthy', 'warning', 'critical']).optional(),
    sort: z.enum(['slug', 'name', 'size', 'storage', 'last_activity', 'created']).default('slug'),
    order: z.enum(['asc', 'desc']).default('asc'),
  }),
  response: operatorTenantPage,
});

export const createTenant = defineEndpoint({
  ...shared,
  id: 'tenants.operator_tenant.create',
  method: 'POST',
  path: '/api/v1/operator/tenants',
  summary: 'Provision a tenant; repeating the call with the same slug, name and plan answers the same tenant',
  body: newTenant,
  response: operatorTenant,
  status: 201,
});

export const showTenant = defineEndpoint({
  ...shared,
  id: 'tenants.operator_tenant.show',
  method: 'GET',
  path: '/api/v1/operator/tenants/:tenantId',
  summary: 'One tenant, by id or slug',
  params: tenantHandle,
  response: operatorTenant,
  etag: true,
});

export const changePlan = defineEndpoint({
  ...shared,
  id: 'tenants.operator_tenant.change_plan',
  method: 'PATCH',
  path: '/api/v1/operator/tenants/:tenantId',
  summary: 'Put a tenant on another plan',
  params: tenantHandle,
  body: z.strictObject({ plan, reason: reason.optional() }),
  response: operatorTenant,
  etag: true,
  ifMatch: true,
});

export const suspendTenant = defineEndpoint({
  ...shared,
  id: 'tenants.operator_tenant.suspend',
  method: 'POST',
  path: '/api/v1/operator/tenants/:tenantId/suspend',
  summary: 'Close a tenant to its people; nothing is deleted',
  params: tenantHandle,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  response: operatorTenant,
});

export const resumeTenant = defineEndpoint({
  ...shared,
  id: 'tenants.operator_tenant.resume',
  method: 'POST',
  path: '/api/v1/operator/tenants/:tenantId/resume',
  summary: 'Open a suspended tenant again',
  params: tenantHandle,
  body: z.strictObject({ reason: reason.optional() }),
  response: operatorTenant,
});

export const listTenantDomains = defineEndpoint({
  ...shared,
  id: 'tenants.operator_domain.list',
  method: 'GET',
  path: '/api/v1/operator/tenants/:tenantId/domains',
  summary: 'The host names of one tenant',
  params: tenantHandle,
  response: domainList,
});

export const addTenantDomain = defineEndpoint({
  ...shared,
  id: 'tenants.operator_domain.add',
  method: 'POST',
  path: '/api/v1/operator/tenants/:tenantId/domains',
  summary: 'Announce a custom domain for a tenant',
  params: tenantHandle,
  body: newDomain,
  response: domain,
  status: 201,
});

export const verifyTenantDomain = defineEndpoint({
  ...shared,
  id: 'tenants.operator_domain.verify',
  method: 'POST',
  path: '/api/v1/operator/tenants/:tenantId/domains/:host/verify',
  summary: 'Look the TXT record of a custom domain up',
  params: tenantDomainParams,
  response: domain,
});

export const removeTenantDomain = defineEndpoint({
  ...shared,
  id: 'tenants.operator_domain.remove',
  method: 'DELETE',
  path: '/api/v1/operator/tenants/:tenantId/domains/:host',
  summary: 'Take a custom domain from a tenant',
  params: tenantDomainParams,
  response: null,
  status: 204,
});

export const listShards = defineEndpoint({
  ...shared,
  id: 'tenants.shard.list',
  method: 'GET',
  path: '/api/v1/operator/shards',
  summary: 'All shards with their tenants counted',
  response: shardList,
});

export const listShardLoads = defineEndpoint({
  ...shared,
  id: 'tenants.shard.loads',
  method: 'GET',
  path: '/api/v1/operator/shards/load',
  summary: 'Size, connections and load of every shard, asked now',
  response: shardLoadList,
});

export const addShard = defineEndpoint({
  ...shared,
  id: 'tenants.shard.add',
  method: 'POST',
  path: '/api/v1/operator/shards',
  summary: 'Register a migrated database as a shard, after connecting to it',
  body: newShard,
  response: shard,
  status: 201,
});

export const checkBundle = defineEndpoint({
  ...shared,
  id: 'tenants.onboarding.check',
  method: 'POST',
  path: '/api/v1/operator/onboardings/check',
  summary: 'Validate an onboarding folder and change nothing',
  body: bundle,
  bodyLimit: MAX_BUNDLE_BYTES,
  response: onboardingCheck,
});

export const startOnboarding = defineEndpoint({
  ...shared,
  id: 'tenants.onboarding.start',
  method: 'POST',
  path: '/api/v1/operator/onboardings',
  summary: 'Validate an onboarding folder and import it; the same folder again only verifies',
  body: bundle,
  bodyLimit: MAX_BUNDLE_BYTES,
  response: onboarding,
  status: 202,
});

export const checkArchive = defineEndpoint({
  ...shared,
  id: 'tenants.onboarding.check_archive',
  method: 'POST',
  path: '/api/v1/operator/onboardings/archive/check',
  summary: 'Validate an onboarding folder that comes as a ZIP, and change nothing',
  upload: true,
  bodyLimit: MAX_BUNDLE_BYTES,
  response: onboardingCheck,
});

export const startArchive = defineEndpoint({
  ...shared,
  id: 'tenants.onboarding.start_archive',
  method: 'POST',
  path: '/api/v1/operator/onboardings/archive',
  summary: 'Validate an onboarding folder that comes as a ZIP, and import it',
  upload: true,
  bodyLimit: MAX_BUNDLE_BYTES,
  response: onboarding,
  status: 202,
});

export const downloadOnboardingReport = defineEndpoint({
  ...shared,
  id: 'tenants.onboarding.report',
  method: 'GET',
  path: '/api/v1/operator/onboardings/:onboardingId/report',
  summary: 'What an onboarding brought, as a file: JSON or plain text',
  params: z.strictObject({ onboardingId: uuid() }),
  query: z.strictObject({ format: z.enum(['json', 'text']).default('text') }),
  download: true,
  response: null,
});

export const showOnboarding = defineEndpoint({
  ...shared,
  id: 'tenants.onboarding.show',
  method: 'GET',
  path: '/api/v1/operator/onboardings/:onboardingId',
  summary: 'How far an onboarding is',
  params: z.strictObject({ onboardingId: uuid() }),
  response: onboarding,
});

export const listOnboardings = defineEndpoint({
  ...shared,
  id: 'tenants.onboarding.list',
  method: 'GET',
  path: '/api/v1/operator/onboardings',
  summary: 'Onboardings, newest first',
  query: z.strictObject(pageQuery),
  response: onboardingPage,
});

export const operatorEndpoints = [
  listTenants,
  createTenant,
  showTenant,
  changePlan,
  suspendTenant,
  resumeTenant,
  listTenantDomains,
  addTenantDomain,
  verifyTenantDomain,
  removeTenantDomain,
  listShards,
  listShardLoads,
  addShard,
  checkBundle,
  startOnboarding,
  checkArchive,
  startArchive,
  downloadOnboardingReport,
  showOnboarding,
  listOnboardings,
] as const;
