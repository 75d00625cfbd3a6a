import { Controller } from '@nestjs/common';
import type { Page } from '#libs/contracts';
import {
  changePlan,
  createTenant,
  listTenants,
  recordPulses,
  resumeTenant,
  showTenant,
  suspendTenant,
  type OperatorTenant,
} from '#libs/contracts/tenants';
import { Endpoint, Input, withETag, type InputOf, type Reply } from '#libs/service';
import { RecordPulses } from '../size/pulses.pg-recorder.js';
import { CountUsers } from '../size/count-users.use-case.js';
import { ChangePlan } from './change-plan.use-case.js';
import { OperatorTenants } from './operator-tenant.read-model.js';
import { ProvisionTenant } from './provision-tenant.use-case.js';
import { ResumeTenant } from './resume-tenant.use-case.js';
import { SuspendTenant } from './suspend-tenant.use-case.js';

@Controller()
export class OperatorTenantController {
  constructor(
    private readonly tenants: OperatorTenants,
    private readonly provisioning: ProvisionTenant,
    private readonly suspending: SuspendTenant,
    private readonly resuming: ResumeTenant,
    private readonly planning: ChangePlan,
    private readonly counting: CountUsers,
    private readonly pulses: RecordPulses,
  ) {}

  @Endpoint(listTenants)
  list(@Input() { query }: InputOf<typeof listTenants>): Promise<Page<OperatorTenant>> {
    return this.tenants.list(query);
  }

  @Endpoint(createTenant)
  async create(@Input() { body }: InputOf<typeof createTenant>): Promise<OperatorTenant> {
    const { id } = await this.provisioning.execute(body);
    return this.view(id);
  }

  @Endpoint(showTenant)
  async show(@Input() { params }: InputOf<typeof showTenant>): Promise<Reply<OperatorTenant>> {
    await this.counting.execute(params.tenantId);
    return this.reply(params.tenantId);
  }

  @Endpoint(changePlan)
  async plan(@Input() { params, body, ifMatch }: InputOf<typeof changePlan>): Promise<Reply<OperatorTenant>> {
    await this.counting.execute(params.tenantId);
    await this.planning.execute(params.tenantId, body.plan, ifMatch, body.reason);
    return this.reply(params.tenantId);
  }

  @Endpoint(suspendTenant)
  async suspend(@Input() { params, body }: InputOf<typeof suspendTenant>): Promise<OperatorTenant> {
    const { id } = await this.suspending.execute(params.tenantId, body.reason);
    return this.view(id);
  }

  @Endpoint(resumeTenant)
  async resume(@Input() { params, body }: InputOf<typeof resumeTenant>): Promise<OperatorTenant> {
    const { id } = await this.resuming.execute(params.tenantId, body.reason);
    return this.view(id);
  }

  @Endpoint(recordPulses)
  async record(@Input() { body }: InputOf<typeof recordPulses>): Promise<void> {
    await this.pulses.execute(body.pulses);
  }

  private async view(handle: string): Promise<OperatorTenant> {
    return (await this.tenants.show(handle)).tenant;
  }

  private async reply(handle: string): Promise<Reply<OperatorTenant>> {
    const { tenant, version } = await this.tenants.show(handle);
    return withETag(tenant, version);
  }
}
