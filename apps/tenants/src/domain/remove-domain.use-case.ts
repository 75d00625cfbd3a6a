import { Injectable } from '@nestjs/common';
import { domainRemoved } from '#libs/contracts/tenants';
import { Directory } from '../directory/directory.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { DomainUnknown, SubdomainStays } from './domain.errors.js';
import { DomainRepository } from './domain.repository.js';

@Injectable()
export class RemoveDomain {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly domains: DomainRepository,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
  ) {}

  /** @throws DomainUnknown | SubdomainStays */
  async execute(handle: string, host: string): Promise<void> {
    const tenantId = await this.directory.run(async () => {
      const { id: tenantId } = await this.tenants.lock(handle);
      const domain = await this.domains.lock(host);
      if (domain?.tenantId !== tenantId) throw new DomainUnknown();
      if (domain.kind === 'subdomain') throw new SubdomainStays();
      await this.domains.remove(host);
      await this.events.append(tenantId, domainRemoved, host, { host });
      return tenantId;
    });
    this.announcer.changed(tenantId);
  }
}
