import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '#libs/kernel';
import { runAsService } from '#libs/tenancy';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { refOf } from '../tenant/tenant.js';
import { DomainRepository } from './domain.repository.js';
import { RECHECK_INTERVAL, type Domain } from './domain.js';
import { VerifyDomain } from './verify-domain.use-case.js';

const BATCH = 50;

/** Looks every proof up once a day. Replicas may do so at once: an answer counts once whoever keeps it. */
@Injectable()
export class RecheckDomains {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly domains: DomainRepository,
    private readonly verify: VerifyDomain,
    private readonly clock: Clock,
  ) {}

  /** Answers how many domains were looked up. */
  async execute(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - RECHECK_INTERVAL);
    const due = await this.domains.due(before, BATCH);
    for (const domain of due) await this.recheck(domain);
    return due.length;
  }

  private async recheck(domain: Domain): Promise<void> {
    const tenant = await this.tenants.find(domain.tenantId);
    if (tenant === null) return;
    try {
      await runAsService(refOf(tenant), 'tenants', () => this.verify.check(domain));
    } catch (error) {
      // Silence of a name server proves nothing: the domain stays as it is and is asked for again.
      if (!(error instanceof DomainError)) throw error;
    }
  }
}
