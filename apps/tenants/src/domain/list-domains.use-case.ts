import { Injectable } from '@nestjs/common';
import { TenantUnknown } from '../tenant/tenant.errors.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { DomainRepository } from './domain.repository.js';
import type { Domain } from './domain.js';

@Injectable()
export class ListDomains {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly domains: DomainRepository,
  ) {}

  async execute(handle: string): Promise<Domain[]> {
    const tenant = await this.tenants.find(handle);
    if (tenant === null) throw new TenantUnknown();
    return this.domains.ofTenant(tenant.id);
  }
}
