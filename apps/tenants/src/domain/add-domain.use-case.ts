import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { domainAdded, domainRemoved } from '#libs/contracts/tenants';
import { Clock } from '#libs/kernel';
import { Directory } from '../directory/directory.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { BaseDomain } from '../tenant/base-domain.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { DomainBelowBase, DomainNotPublic, DomainTaken } from './domain.errors.js';
import { DomainRepository } from './domain.repository.js';
import { claim, isAbandoned, type Domain } from './domain.js';

/** Claims a custom domain for a tenant; it leads nowhere before it is proved. */
@Injectable()
export class AddDomain {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly domains: DomainRepository,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly base: BaseDomain,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainBelowBase | DomainNotPublic | DomainTaken */
  async execute(handle: string, host: string): Promise<Domain> {
    this.requirePublic(host);
    const added = await this.directory.run(async () => {
      const tenant = await this.tenants.lock(handle);
      const rival = await this.domains.lock(host);
      if (rival?.tenantId === tenant.id) return rival;
      if (rival !== null) await this.evict(rival);
      const domain = claim(tenant.id, host, this.clock.now());
      await this.domains.insert(domain);
      await this.events.append(tenant.id, domainAdded, host, { host });
      return domain;
    });
    this.announcer.changed(added.tenantId);
    return added;
  }

  private requirePublic(host: string): void {
    if (this.base.holds(host)) throw new DomainBelowBase(host, this.base.name);
    const lastLabel = host.slice(host.lastIndexOf('.') + 1);
    if (isIP(host) !== 0 || /^\d+$/.test(lastLabel) || isSpecialUse(lastLabel)) {
      throw new DomainNotPublic(host);
    }
  }

  private async evict(rival: Domain): Promise<void> {
    if (!isAbandoned(rival, this.clock.now())) throw new DomainTaken(rival.host);
    await this.domains.remove(rival.host);
    await this.events.append(rival.tenantId, domainRemoved, rival.host, { host: rival.host });
  }
}

/** RFC 6761 and 6762: names that the public DNS does not answer for. (`example` and `test` may be served by a private resolver.) */
function isSpecialUse(label: string): boolean {
  return ['localhost', 'local', 'invalid', 'onion', 'internal'].includes(label);
}
