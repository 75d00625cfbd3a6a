import { Injectable } from '@nestjs/common';
import { emailDomainRemoved } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { UnitOfWork } from '#libs/tenancy';
import { EmailDomainNotFound } from './email-domain.errors.js';
import { EmailDomainRepository } from './email-domain.repository.js';

@Injectable()
export class RemoveEmailDomain {
  constructor(
    private readonly domains: EmailDomainRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws EmailDomainNotFound */
  async execute(domain: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (!(await this.domains.remove(domain))) throw new EmailDomainNotFound();
      await this.events.append(emailDomainRemoved, domain, { domain });
    });
  }
}
