import { Injectable } from '@nestjs/common';
import { ChangeBranding } from '../../branding/change-branding.use-case.js';
import { ChangePicture } from '../../branding/change-picture.use-case.js';
import { ChangeSettings } from '../../settings/change-settings.use-case.js';
import { ChangePlan } from '../../tenant/change-plan.use-case.js';
import { ProvisionTenant } from '../../tenant/provision-tenant.use-case.js';
import { refOf, type Tenant } from '../../tenant/tenant.js';
import type { OnboardingJob } from '../onboarding-job.js';
import type { OnboardingStep } from './onboarding-step.js';

/** Provisions the tenant and makes it look as tenant.yaml says. */
@Injectable()
export class TenantStep implements OnboardingStep {
  readonly name = 'tenant';

  constructor(
    private readonly provision: ProvisionTenant,
    private readonly branding: ChangeBranding,
    private readonly picture: ChangePicture,
    private readonly settings: ChangeSettings,
    private readonly plan: ChangePlan,
  ) {}

  async run(job: OnboardingJob): Promise<void> {
    const { slug, name, plan, colors, settings } = job.bundle.tenant;
    const expectedUsers = job.bundle.users.length;
    const wish = { id: job.now.tenantId, slug, name, plan, branding: colors, settings, expectedUsers };
    const tenant = await job.asRequester(() => this.provision.execute(wish));
    job.enter(refOf(tenant));
    await job.asRequester(() => this.adjust(tenant, job));
  }

  /** Matters where an earlier version of the folder had come this far and failed later. */
  private async adjust(tenant: Tenant, { bundle }: OnboardingJob): Promise<void> {
    const { name, plan, colors, settings } = bundle.tenant;
    let current = tenant;
    if (current.plan !== plan) current = await this.plan.execute(tenant.id, plan, version(current));
    if (current.name !== name || !includes(current.branding, colors)) {
      current = await this.branding.execute(tenant.id, { name, ...colors }, version(current));
    }
    if (!includes(current.settings, settings)) {
      await this.settings.execute(tenant.id, settings, version(current));
    }
    for (const asset of ['logo', 'favicon'] as const) {
      const bytes = bundle.files.get(bundle.tenant[asset] ?? '');
      if (bytes !== undefined) await this.picture.execute(tenant.id, asset, bytes);
    }
  }
}

function version(tenant: Tenant): string {
  return String(tenant.version);
}

function includes<T extends object>(whole: T, part: Partial<T>): boolean {
  return Object.entries(part).every(
    ([key, value]) => JSON.stringify(whole[key as keyof T]) === JSON.stringify(value),
  );
}
