import { Injectable } from '@nestjs/common';
import { tenantResumed } from '#libs/contracts/tenants';
import { Clock } from '#libs/kernel';
import { Directory } from '../directory/directory.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { TenantNotReady } from './tenant.errors.js';
import { TenantRepository } from './tenant.repository.js';
import { changed, type Tenant } from './tenant.js';

@Injectable()
export class ResumeTenant {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly clock: Clock,
  ) {}

  async execute(handle: string, reason?: string): Promise<Tenant> {
    const resumed = await this.directory.run(async () => {
      const tenant = await this.tenants.lock(handle);
      if (tenant.status === 'provisioning') throw new TenantNotReady();
      if (tenant.status === 'active') return tenant;
      const next = changed(tenant, { status: 'active' }, this.clock.now());
      await this.tenants.save(next);
      await this.events.append(tenant.id, tenantResumed, tenant.id, {
        ...(reason !== undefined && { reason }),
      });
      return next;
    });
    this.announcer.changed(resumed.id);
    return resumed;
  }
}
