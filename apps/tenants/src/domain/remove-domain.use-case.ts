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
  async execute(tenantId: string, host: string): Promise<void> {
    await this.directory.run(async () => {
      await this.tenants.lock(tenantId);
      const domain = await this.domains.lock(host);
      if (domain?.tenantId !== tenantId) throw new DomainUnknown();
      if (domain.kind === 'subdomain') throw new SubdomainStays();
      await this.domains.remove(host);
      await this.events.append(tenantId, domainRemoved, host, { host });
    });
    this.announcer.changed(tenantId);
  }
}
