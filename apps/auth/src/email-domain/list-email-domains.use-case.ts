import { Injectable } from '@nestjs/common';
import type { EmailDomain } from './email-domain.js';
import { EmailDomainRepository } from './email-domain.repository.js';

@Injectable()
export class ListEmailDomains {
  constructor(private readonly domains: EmailDomainRepository) {}

  async execute(): Promise<readonly EmailDomain[]> {
    return this.domains.all();
  }
}
