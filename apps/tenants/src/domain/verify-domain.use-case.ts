import { Injectable } from '@nestjs/common';
import { domainLapsed, domainVerified } from '#libs/contracts/tenants';
import { Clock } from '#libs/kernel';
import { Directory } from '../directory/directory.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { TenantUnknown } from '../tenant/tenant.errors.js';
import { DomainUnknown, ProofNotFound } from './domain.errors.js';
import { DomainRepository } from './domain.repository.js';
import { DomainResolver } from './domain-resolver.js';
import { judged, proofName, proofValue, type Domain } from './domain.js';

/** Looks the proof of a custom domain up and acts on what DNS says. */
@Injectable()
export class VerifyDomain {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly domains: DomainRepository,
    private readonly resolver: DomainResolver,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainUnknown | ProofNotFound | DnsUnavailable */
  async execute(handle: string, host: string): Promise<Domain> {
    const tenant = await this.tenants.find(handle);
    if (tenant === null) throw new TenantUnknown();
    const domain = (await this.domains.ofTenant(tenant.id)).find((candidate) => candidate.host === host);
    if (domain === undefined) throw new DomainUnknown();
    if (domain.kind === 'subdomain') return domain;
    const { after, records } = await this.check(domain);
    if (after.verifiedAt?.getTime() !== after.lastCheckedAt?.getTime()) {
      throw new ProofNotFound(host, proofValue(domain.proofToken ?? ''), records);
    }
    return after;
  }

  /** Asks DNS outside of any transaction, then keeps the answer, unless the claim has changed hands meanwhile. */
  async check({ host, proofToken }: Domain): Promise<{ after: Domain; records: string[] }> {
    const records = await this.resolver.txt(proofName(host));
    const [before, after] = await this.directory.run(async () => {
      const current = await this.domains.lock(host);
      if (current?.proofToken !== proofToken) throw new DomainUnknown();
      const next = judged(current, records, this.clock.now());
      await this.domains.save(next);
      await this.tell(current, next);
      return [current, next] as const;
    });
    if (before.state !== after.state) this.announcer.changed(after.tenantId);
    return { after, records };
  }

  private async tell(before: Domain, { tenantId, host, state }: Domain): Promise<void> {
    if (before.state === state) return;
    if (state === 'verified') await this.events.append(tenantId, domainVerified, host, { host });
    if (state === 'lapsed') await this.events.append(tenantId, domainLapsed, host, { host });
  }
}
