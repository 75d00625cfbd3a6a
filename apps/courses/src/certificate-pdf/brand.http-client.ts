import { Injectable } from '@nestjs/common';
import { downloadBrandAsset, showBrand } from '#libs/contracts/tenants';
import { DomainError } from '#libs/kernel';
import { ServiceClient } from '#libs/service';
import { currentTenant } from '#libs/tenancy';
import { BrandSource, type Brand } from './brand.js';

@Injectable()
export class HttpBrandSource extends BrandSource {
  constructor(private readonly services: ServiceClient) {
    super();
  }

  async current(): Promise<Brand> {
    try {
      const { name, branding } = await this.services.call(showBrand);
      const { primaryColor, secondaryColor, logoUrl } = branding;
      return { name, primaryColor, secondaryColor, logo: logoUrl === null ? null : await this.logo() };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { name: currentTenant().name, primaryColor: '#1f3a5f', secondaryColor: '#1b1f24', logo: null };
    }
  }

  private async logo(): Promise<Brand['logo']> {
    return this.services.download(downloadBrandAsset, { params: { asset: 'logo' } });
  }
}
