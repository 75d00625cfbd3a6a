import { Injectable } from '@nestjs/common';
import { TenantUnknown } from './tenant.errors.js';
import { TenantRepository } from './tenant.repository.js';
import type { Tenant } from './tenant.js';

@Injectable()
export class ShowTenant {
  constructor(private readonly tenants: TenantRepository) {}

  /** @throws TenantUnknown */
  async execute(handle: string): Promise<Tenant> {
    const tenant = await this.tenants.find(handle);
    if (tenant === null) throw new TenantUnknown();
    return tenant;
  }
}
