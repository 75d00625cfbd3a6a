import { Injectable } from '@nestjs/common';
import type { Organization } from '#libs/contracts/tenants';
import { Entitlements, features } from '#libs/entitlements';
import { currentTenant } from '#libs/tenancy';
import { assetUrl } from '../branding/branding.js';
import { primaryHost } from '../domain/domain.js';
import { DomainRepository } from '../domain/domain.repository.js';
import { TenantUnknown } from '../tenant/tenant.errors.js';
import { TenantRepository } from '../tenant/tenant.repository.js';

/** The organisation in the shape that the founding documents give it. */
@Injectable()
export class ShowOrganization {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly domains: DomainRepository,
    private readonly entitlements: Entitlements,
  ) {}

  async execute(): Promise<Organization> {
    const tenant = await this.tenants.find(currentTenant().id);
    if (tenant === null) throw new TenantUnknown();
    const [domains, limit, active, granted] = await Promise.all([
      this.domains.ofTenant(tenant.id),
      this.entitlements.limit('users'),
      this.entitlements.used('users'),
      this.granted(),
    ]);
    const { id, name, plan, branding } = tenant;
    return {
      id,
      name,
      domain: primaryHost(domains),
      plan,
      users: { limit, active },
      features: granted,
      branding: {
        logo: assetUrl(branding, 'logo'),
        primaryColor: branding.primaryColor,
        secondaryColor: branding.secondaryColor,
        favicon: assetUrl(branding, 'favicon'),
      },
    };
  }

  private async granted(): Promise<Organization['features']> {
    const answers = await Promise.all(
      features.map(async (feature) => [feature, await this.entitlements.may(feature)] as const),
    );
    return Object.fromEntries(answers) as Organization['features'];
  }
}
