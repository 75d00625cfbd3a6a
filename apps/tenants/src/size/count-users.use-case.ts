import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import { Clock, DomainError } from '#libs/kernel';
import { runAsService } from '#libs/tenancy';
import { TenantUnknown } from '../tenant/tenant.errors.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { refOf, type Tenant } from '../tenant/tenant.js';

/** Brings the directory's size of a tenant up to the seats that are taken in its shard. */
@Injectable()
export class CountUsers {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly entitlements: Entitlements,
    private readonly clock: Clock,
  ) {}

  /** Answers the size; the last known one while the shard does not answer. */
  async execute(handle: string): Promise<number> {
    const tenant = await this.tenants.find(handle);
    if (tenant === null) throw new TenantUnknown();
    if (tenant.status === 'provisioning') return tenant.size;
    const size = await this.seatsTaken(tenant);
    await this.tenants.saveSize(tenant.id, size, this.clock.now());
    return size;
  }

  private async seatsTaken(tenant: Tenant): Promise<number> {
    try {
      return await runAsService(refOf(tenant), 'tenants', () => this.entitlements.used('users'));
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unavailable') return tenant.size;
      throw error;
    }
  }
}
