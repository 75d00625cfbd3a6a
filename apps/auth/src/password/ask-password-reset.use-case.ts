import { Injectable } from '@nestjs/common';
import { TenantQueue, defineJob } from '#libs/queue';
import { currentContext, currentTenant } from '#libs/tenancy';
import { z } from 'zod';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { RequestBudget } from '../throttle/request-budget.js';
import { TooManyRequests } from '../throttle/throttle.errors.js';

export const passwordResetJob = defineJob(
  'auth.password_reset.request',
  z.strictObject({ email: z.string(), origin: z.string() }),
);

const HOUR = 3_600;

/** Takes the wish for a new password. Whoever's the address is, the same happens here; the job then looks. */
@Injectable()
export class AskPasswordReset {
  constructor(
    private readonly queue: TenantQueue,
    private readonly profiles: TenantProfiles,
    private readonly budget: RequestBudget,
  ) {}

  /** @throws TooManyRequests by one caller; too many for one address are passed over in silence */
  async execute(email: string, site: RequestSite): Promise<void> {
    const { id } = currentTenant();
    const { ip } = currentContext();
    if (!(await this.budget.allows(['reset', id, ip ?? ''], 30, HOUR))) throw new TooManyRequests(HOUR);
    if (!(await this.budget.allows(['reset', id, email], 5, HOUR))) return;
    await this.queue.add(passwordResetJob, { email, origin: await this.profiles.linkOrigin(site) });
  }
}
