import { Injectable } from '@nestjs/common';
import type { TenantBrand } from '#libs/contracts/tenants';
import { currentTenant } from '#libs/tenancy';
import { brandUrls, iconVersion } from '../branding/branding.js';
import { TenantUnknown } from '../tenant/tenant.errors.js';
import { TenantRepository } from '../tenant/tenant.repository.js';

@Injectable()
export class ShowBrand {
  constructor(private readonly tenants: TenantRepository) {}

  async execute(): Promise<TenantBrand> {
    const tenant = await this.tenants.find(currentTenant().id);
    if (tenant === null) throw new TenantUnknown();
    const { id, slug, name, settings } = tenant;
    return {
      id,
      slug,
      name,
      branding: brandUrls(tenant.branding),
      iconVersion: iconVersion(name, tenant.branding),
      signIn: { password: true, registration: settings.registration },
      locale: settings.locale,
    };
  }
}
