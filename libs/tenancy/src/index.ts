export {
  anonymous,
  contextIfAny,
  currentActor,
  currentContext,
  currentTenant,
  requireUserId,
  runAsService,
  runInContext,
  type ActingOperator,
  type Actor,
  type RequestContext,
  type TenantRef,
} from './request-context.js';
export {
  CONTEXT_LIFETIME,
  ContextSigner,
  ContextVerifier,
  identityOf,
  serviceKey,
  type Identity,
  type ServiceKey,
} from './signed-context.js';
export { UnitOfWork } from './unit-of-work.js';
export {
  agreedTenantId,
  requireServing,
  TenantLookup,
  type NamedTenants,
  type TenantSource,
} from './tenant-resolver.js';
