import { currentTenant } from '#libs/tenancy';
import { TenantProfiles, type TenantProfile } from './tenant-profile.js';

/** One profile for all tenants. */
export class FakeTenantProfiles extends TenantProfiles {
  profile: TenantProfile = {
    name: 'Acme Works',
    registration: 'open',
    emailDomains: [],
    primaryColor: '#1f2937',
    secondaryColor: '#111827',
  };

  async current(): Promise<TenantProfile> {
    return this.profile;
  }

  async latest(): Promise<TenantProfile> {
    return this.profile;
  }

  async linkOrigin(): Promise<string> {
    return this.homeOrigin();
  }

  homeOrigin(): string {
    return `https://${currentTenant().slug}.example`;
  }
}
