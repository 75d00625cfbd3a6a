import { Injectable } from '@nestjs/common';
import { emailDomainVerified } from '#libs/contracts/auth';
import { equalSecrets } from '#libs/crypto';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentTenant, UnitOfWork } from '#libs/tenancy';
import { EmailDomainNotFound, EmailDomainUnproved } from './email-domain.errors.js';
import { proofOf, type EmailDomain } from './email-domain.js';
import { EmailDomainRepository } from './email-domain.repository.js';
import { NameServers } from './name-servers.js';

@Injectable()
export class VerifyEmailDomain {
  constructor(
    private readonly domains: EmailDomainRepository,
    private readonly names: NameServers,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws EmailDomainNotFound, EmailDomainUnproved, NameServersUnavailable */
  async execute(name: string): Promise<EmailDomain> {
    const domain = await this.domains.byName(name);
    if (domain === null) throw new EmailDomainNotFound();
    const proof = proofOf(currentTenant().id, domain);
    const records = await this.names.txt(proof.name);
    if (!records.some((record) => equalSecrets(record.trim(), proof.value))) {
      throw new EmailDomainUnproved(proof.name, records);
    }
    if (domain.verifiedAt !== null) return domain;
    const verifiedAt = this.clock.now();
    await this.unitOfWork.run(async () => {
      await this.domains.verify(name, verifiedAt);
      await this.events.append(emailDomainVerified, name, { domain: name });
    });
    return { ...domain, verifiedAt };
  }
}
