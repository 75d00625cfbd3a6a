import { Controller } from '@nestjs/common';
import { showOrganization, type Organization } from '#libs/contracts/tenants';
import { Endpoint } from '#libs/service';
import { ShowOrganization } from './show-organization.use-case.js';

@Controller()
export class OrganizationController {
  constructor(private readonly organization: ShowOrganization) {}

  @Endpoint(showOrganization)
  show(): Promise<Organization> {
    return this.organization.execute();
  }
}
