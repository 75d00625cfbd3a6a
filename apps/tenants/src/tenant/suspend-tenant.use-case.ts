import { Injectable } from '@nestjs/common';
import { tenantSuspended } from '#libs/contracts/tenants';
import { Clock } from '#libs/kernel';
import { Directory } from '../directory/directory.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { TenantNotReady } from './tenant.errors.js';
import { TenantRepository } from './tenant.repository.js';
import { changed, type Tenant } from './tenant.js';

/** Closes a tenant to its people. Doing it twice is doing it once. */
@Injectable()
export class SuspendTenant {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly clock: Clock,
  ) {}

  async execute(handle: string, reason: string): Promise<Tenant> {
    const suspended = await this.directory.run(async () => {
      const tenant = await this.tenants.lock(handle);
      if (tenant.status === 'provisioning') throw new TenantNotReady();
      if (tenant.status === 'suspended') return tenant;
      const next = changed(tenant, { status: 'suspended' }, this.clock.now());
      await this.tenants.save(next);
      await this.events.append(tenant.id, tenantSuspended, tenant.id, { reason });
      return next;
    });
    this.announcer.changed(suspended.id);
    return suspended;
  }
}
