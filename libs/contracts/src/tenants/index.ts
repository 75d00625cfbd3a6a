import { memberEndpoints } from './endpoints.js';
import { internalEndpoints } from './internal.endpoints.js';
import { operatorEndpoints } from './operator-endpoints.js';

export const tenantsEndpoints = [...memberEndpoints, ...operatorEndpoints, ...internalEndpoints] as const;

export { recordPulses } from './internal.endpoints.js';

export {
  addDomain,
  changeBranding,
  changeSettings,
  checkDomain,
  downloadBrandAsset,
  downloadBrandIcon,
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
  checkArchive,
  checkBundle,
  createTenant,
  downloadOnboardingReport,
  listOnboardings,
  listShardLoads,
  listShards,
  listTenantDomains,
  listTenants,
  removeTenantDomain,
  resumeTenant,
  showOnboarding,
  showTenant,
  startArchive,
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
export { contrast, explainContrast, formatRatio, unreadablePairs, type UnreadablePair } from './contrast.js';
export { type Domain, type DomainCheck, type DomainState } from './domain.js';
export {
  bundleIssue,
  MAX_ARCHIVE_CONTENT_BYTES,
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
  brandIcons,
  MAX_BRAND_ASSET_BYTES,
  type BrandAsset,
  type BrandAssetType,
  type BrandIcon,
  type BrandingPatch,
  type BrandingView,
  type Organization,
  type SettingsPatch,
  type SettingsView,
  type TenantBrand,
} from './organization.js';
export { type NewShard, type Shard, type ShardLoad } from './shard.js';
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
  type TenantPulse,
  type TenantSettings,
} from './tenant.js';
