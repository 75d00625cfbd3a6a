import { Controller } from '@nestjs/common';
import {
  addTenantDomain,
  listTenantDomains,
  removeTenantDomain,
  verifyTenantDomain,
  type Domain as DomainView,
} from '#libs/contracts/tenants';
import { Endpoint, Input, type InputOf } from '#libs/service';
import { AddDomain } from './add-domain.use-case.js';
import { toView } from './domain.js';
import { ListDomains } from './list-domains.use-case.js';
import { RemoveDomain } from './remove-domain.use-case.js';
import { VerifyDomain } from './verify-domain.use-case.js';

/** An operator at work on a tenant's domains. */
@Controller()
export class OperatorDomainController {
  constructor(
    private readonly all: ListDomains,
    private readonly adding: AddDomain,
    private readonly verifying: VerifyDomain,
    private readonly removing: RemoveDomain,
  ) {}

  @Endpoint(listTenantDomains)
  async list(@Input() { params }: InputOf<typeof listTenantDomains>): Promise<{ items: DomainView[] }> {
    return { items: (await this.all.execute(params.tenantId)).map(toView) };
  }

  @Endpoint(addTenantDomain)
  async add(@Input() { params, body }: InputOf<typeof addTenantDomain>): Promise<DomainView> {
    return toView(await this.adding.execute(params.tenantId, body.host));
  }

  @Endpoint(verifyTenantDomain)
  async verify(@Input() { params }: InputOf<typeof verifyTenantDomain>): Promise<DomainView> {
    return toView(await this.verifying.execute(params.tenantId, params.host));
  }

  @Endpoint(removeTenantDomain)
  async remove(@Input() { params }: InputOf<typeof removeTenantDomain>): Promise<void> {
    await this.removing.execute(params.tenantId, params.host);
  }
}
