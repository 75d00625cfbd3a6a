import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { CountUsers } from './count-users.use-case.js';

const BATCH = 20;
const FRESH_FOR = 6 * 60 * 60 * 1000;

/** Recounts the few tenants whose size is oldest, so that the work of one round does not grow with their number. */
@Injectable()
export class RecountTenants {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly count: CountUsers,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<number> {
    const stale = await this.tenants.countedBefore(new Date(this.clock.now().getTime() - FRESH_FOR), BATCH);
    for (const id of stale) await this.count.execute(id);
    return stale.length;
  }
}
