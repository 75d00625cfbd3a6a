export {
  DEFAULT_BODY_LIMIT,
  defineEndpoint,
  type Access,
  type Endpoint,
  type EndpointInput,
  type EndpointRequest,
  type EndpointResponse,
  type EndpointResult,
  type HttpMethod,
} from './endpoint.js';
export { defineEvent, type EventDefinition } from './event.js';
export { headers } from './headers.js';
export { decodeCursor, encodeCursor, page, pageQuery, type Page } from './page.js';
export {
  ERASED_NAME,
  erasedEmail,
  personalData,
  personalFields,
  personErased,
  type PersonalData,
} from './personal-data.js';
export { features, termsOf, type Feature, type Limit, type PlanTerms } from './plan-terms.js';
export { problem, type Problem } from './problem.js';
export {
  permission,
  permissions,
  stepUpPermissions,
  permissionsOfRole,
  plan,
  plans,
  role,
  roles,
  tenantStatus,
  tier,
  tiers,
  type Permission,
  type Plan,
  type Role,
  type TenantStatus,
  type Tier,
} from './role.js';
export { serviceNames, type ServiceName } from './service-name.js';
export { tenantHandle } from './tenant-handle.js';
export { email, hexColor, hostName, instant, longText, slug, text, uuid } from './text.js';
