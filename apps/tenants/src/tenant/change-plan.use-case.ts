import { Injectable } from '@nestjs/common';
import type { Plan } from '#libs/contracts';
import { tenantPlanChanged } from '#libs/contracts/tenants';
import { termsOf } from '#libs/entitlements';
import { Clock } from '#libs/kernel';
import { Directory } from '../directory/directory.js';
import { requireVersion } from '../directory/directory.errors.js';
import { DirectoryEvents } from '../directory/directory-events.js';
import { TenantAnnouncer } from '../directory/tenant-announcer.js';
import { PlanTooSmall } from './tenant.errors.js';
import { TenantRepository } from './tenant.repository.js';
import { changed, type Tenant } from './tenant.js';

@Injectable()
export class ChangePlan {
  constructor(
    private readonly directory: Directory,
    private readonly tenants: TenantRepository,
    private readonly events: DirectoryEvents,
    private readonly announcer: TenantAnnouncer,
    private readonly clock: Clock,
  ) {}

  /** @throws PlanTooSmall when the tenant has more active users than the plan has seats. */
  async execute(handle: string, plan: Plan, ifMatch: string, reason?: string): Promise<Tenant> {
    const next = await this.directory.run(async () => {
      const tenant = await this.tenants.lock(handle);
      requireVersion(ifMatch, tenant.version);
      if (tenant.plan === plan) return tenant;
      const seats = termsOf(plan).limits.users;
      if (seats !== null && tenant.size > seats) throw new PlanTooSmall(plan, seats, tenant.size);
      const moved = changed(tenant, { plan }, this.clock.now());
      await this.tenants.save(moved);
      await this.events.append(tenant.id, tenantPlanChanged, tenant.id, {
        from: tenant.plan,
        to: plan,
        ...(reason !== undefined && { reason }),
      });
      return moved;
    });
    this.announcer.changed(next.id);
    return next;
  }
}
