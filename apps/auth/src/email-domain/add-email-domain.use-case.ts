import { Injectable } from '@nestjs/common';
import { emailDomainAdded } from '#libs/contracts/auth';
import { randomToken } from '#libs/crypto';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { ConnectionNotFound } from '../connection/connection.errors.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { EmailDomainRefused } from './email-domain.errors.js';
import { isEverybodys, MOST_EMAIL_DOMAINS, type EmailDomain } from './email-domain.js';
import { EmailDomainRepository } from './email-domain.repository.js';

@Injectable()
export class AddEmailDomain {
  constructor(
    private readonly domains: EmailDomainRepository,
    private readonly connections: ConnectionRepository,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws EmailDomainRefused, ConnectionNotFound, DomainError `entitlement.feature_not_in_plan` */
  async execute(input: Pick<EmailDomain, 'domain' | 'connectionId'>): Promise<EmailDomain> {
    await this.entitlements.require('sso');
    const { domain, connectionId } = input;
    if (isEverybodys(domain)) {
      throw new EmailDomainRefused('public', 'Everybody can have an address of this domain.');
    }
    return this.unitOfWork.run(async () => {
      if (connectionId !== null && (await this.connections.byId(connectionId)) === null) {
        throw new ConnectionNotFound();
      }
      if ((await this.domains.all()).length >= MOST_EMAIL_DOMAINS) {
        throw new EmailDomainRefused('too_many', `An academy has at most ${MOST_EMAIL_DOMAINS} domains.`);
      }
      const added = { ...input, proofToken: randomToken(18), verifiedAt: null, createdAt: this.clock.now() };
      if (!(await this.domains.add(added))) {
        throw new EmailDomainRefused('already_exists', 'It is on the list already.');
      }
      await this.events.append(emailDomainAdded, domain, { domain });
      return added;
    });
  }
}
