import { Controller } from '@nestjs/common';
import {
  addDomain,
  checkDomain,
  listDomains,
  removeDomain,
  verifyDomain,
  type Domain as DomainView,
  type DomainCheck,
} from '#libs/contracts/tenants';
import { Endpoint, Input, type InputOf } from '#libs/service';
import { currentTenant } from '#libs/tenancy';
import { AddDomain } from './add-domain.use-case.js';
import { toView } from './domain.js';
import { CheckDomain } from './check-domain.use-case.js';
import { ListDomains } from './list-domains.use-case.js';
import { RemoveDomain } from './remove-domain.use-case.js';
import { VerifyDomain } from './verify-domain.use-case.js';

/** A tenant's administrator at work on its own domains. */
@Controller()
export class DomainController {
  constructor(
    private readonly all: ListDomains,
    private readonly adding: AddDomain,
    private readonly verifying: VerifyDomain,
    private readonly checking: CheckDomain,
    private readonly removing: RemoveDomain,
  ) {}

  @Endpoint(listDomains)
  async list(): Promise<{ items: DomainView[] }> {
    return { items: (await this.all.execute(currentTenant().id)).map(toView) };
  }

  @Endpoint(addDomain)
  async add(@Input() { body }: InputOf<typeof addDomain>): Promise<DomainView> {
    return toView(await this.adding.execute(currentTenant().id, body.host));
  }

  @Endpoint(verifyDomain)
  async verify(@Input() { params }: InputOf<typeof verifyDomain>): Promise<DomainView> {
    return toView(await this.verifying.execute(currentTenant().id, params.host));
  }

  @Endpoint(checkDomain)
  async check(@Input() { params }: InputOf<typeof checkDomain>): Promise<DomainCheck> {
    return this.checking.execute(currentTenant().id, params.host);
  }

  @Endpoint(removeDomain)
  async remove(@Input() { params }: InputOf<typeof removeDomain>): Promise<void> {
    await this.removing.execute(currentTenant().id, params.host);
  }
}
