export { entitlementMigrations } from '../migrations/index.js';
export { Entitlements } from './entitlements.js';
export { FeatureNotInPlan, LimitExceeded } from './entitlement.errors.js';
export { features, termsOf, type Feature, type Limit, type PlanTerms } from '#libs/contracts';
export { PlanEntitlements } from './plan-entitlements.js';
