import { Controller } from '@nestjs/common';
import { addEmailDomain, listEmailDomains, removeEmailDomain, verifyEmailDomain } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { currentTenant } from '#libs/tenancy';
import { AddEmailDomain } from './add-email-domain.use-case.js';
import { emailDomainView } from './email-domain.js';
import { ListEmailDomains } from './list-email-domains.use-case.js';
import { RemoveEmailDomain } from './remove-email-domain.use-case.js';
import { VerifyEmailDomain } from './verify-email-domain.use-case.js';

@Controller()
export class EmailDomainController {
  constructor(
    private readonly all: ListEmailDomains,
    private readonly add: AddEmailDomain,
    private readonly verify: VerifyEmailDomain,
    private readonly remove: RemoveEmailDomain,
  ) {}

  @Endpoint(listEmailDomains)
  async list(): Promise<ResultOf<typeof listEmailDomains>> {
    const { id } = currentTenant();
    return {
      items: (await this.all.execute()).map((domain) => emailDomainView(id, domain)),
      nextCursor: null,
    };
  }

  @Endpoint(addEmailDomain)
  async create(@Input() { body }: InputOf<typeof addEmailDomain>): Promise<ResultOf<typeof addEmailDomain>> {
    return emailDomainView(currentTenant().id, await this.add.execute(body));
  }

  @Endpoint(verifyEmailDomain)
  async look(
    @Input() { params }: InputOf<typeof verifyEmailDomain>,
  ): Promise<ResultOf<typeof verifyEmailDomain>> {
    return emailDomainView(currentTenant().id, await this.verify.execute(params.domain));
  }

  @Endpoint(removeEmailDomain)
  async forget(
    @Input() { params }: InputOf<typeof removeEmailDomain>,
  ): Promise<ResultOf<typeof removeEmailDomain>> {
    await this.remove.execute(params.domain);
    return undefined;
  }
}
