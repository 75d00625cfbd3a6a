import { Injectable } from '@nestjs/common';
import type { DomainCheck } from '#libs/contracts/tenants';
import { TenantUnknown } from '../tenant/tenant.errors.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { DnsUnavailable, DomainUnknown, SubdomainStays } from './domain.errors.js';
import { proofValue, toView, type Domain } from './domain.js';
import { DomainRepository } from './domain.repository.js';
import { DomainResolver } from './domain-resolver.js';
import { VerifyDomain } from './verify-domain.use-case.js';

/** Looks the records of a domain up and says what is there, be it right or not; with its proof the domain is verified. */
@Injectable()
export class CheckDomain {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly domains: DomainRepository,
    private readonly resolver: DomainResolver,
    private readonly verifying: VerifyDomain,
  ) {}

  /** @throws DomainUnknown | SubdomainStays */
  async execute(tenantId: string, host: string): Promise<DomainCheck> {
    const tenant = await this.tenants.find(tenantId);
    if (tenant === null) throw new TenantUnknown();
    const domains = await this.domains.ofTenant(tenant.id);
    const domain = domains.find((candidate) => candidate.host === host);
    if (domain === undefined) throw new DomainUnknown();
    if (domain.kind === 'subdomain') throw new SubdomainStays();
    const expected = domains.find(({ kind }) => kind === 'subdomain')?.host ?? '';
    try {
      return await this.look(domain, expected);
    } catch (error) {
      if (!(error instanceof DnsUnavailable)) throw error;
      const nothing = { found: false, records: [] };
      return { domain: toView(domain), answered: false, proof: nothing, routing: { expected, ...nothing } };
    }
  }

  private async look(domain: Domain, expected: string): Promise<DomainCheck> {
    const aliases = await this.resolver.cname(domain.host);
    const { after, records } = await this.verifying.check(domain);
    return {
      domain: toView(after),
      answered: true,
      proof: { found: records.includes(proofValue(domain.proofToken ?? '')), records: shown(records) },
      routing: { expected, found: aliases.includes(expected), records: shown(aliases) },
    };
  }
}

/** Enough to see what is wrong; DNS may say a lot. */
function shown(records: readonly string[]): string[] {
  return records.slice(0, 10).map((record) => record.slice(0, 300));
}
