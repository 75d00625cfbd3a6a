import { memberEndpoints } from './endpoints.js';
import { operatorEndpoints } from './operator-endpoints.js';

export const tenantsEndpoints = [...memberEndpoints, ...operatorEndpoints] as const;

export {
  addDomain,
  changeBranding,
  changeSettings,
  downloadBrandAsset,
  listDomains,
  removeBrandAsset,
  removeDomain,
  showBrand,
  showBranding,
  showOrganization,
  showSettings,
  uploadBrandAsset,
  verifyDomain,
} from './endpoints.js';
export {
  addShard,
  addTenantDomain,
  changePlan,
  checkBundle,
  createTenant,
  listOnboardings,
  listShards,
  listTenantDomains,
  listTenants,
  resumeTenant,
  showOnboarding,
  showTenant,
  startOnboarding,
  suspendTenant,
  verifyTenantDomain,
} from './operator-endpoints.js';
export {
  brandingChanged,
  domainAdded,
  domainLapsed,
  domainRemoved,
  domainVerified,
  settingsChanged,
  tenantCreated,
  tenantPlanChanged,
  tenantResumed,
  tenantSuspended,
} from './events.js';
export { type Domain, type DomainState } from './domain.js';
export {
  bundleIssue,
  MAX_BUNDLE_BYTES,
  type Bundle,
  type BundleIssue,
  type Onboarding,
  type OnboardingCheck,
  type OnboardingProgress,
  type OnboardingStep,
} from './onboarding.js';
export {
  brandAssetTypes,
  MAX_BRAND_ASSET_BYTES,
  type BrandAsset,
  type BrandAssetType,
  type BrandingPatch,
  type BrandingView,
  type Organization,
  type SettingsPatch,
  type TenantBrand,
} from './organization.js';
export { type NewShard, type Shard } from './shard.js';
export {
  brandColors,
  locale,
  registrationPolicy,
  tenantName,
  tenantSettings,
  tenantSlug,
  type BrandColors,
  type OperatorTenant,
  type RegistrationPolicy,
  type TenantSettings,
} from './tenant.js';
