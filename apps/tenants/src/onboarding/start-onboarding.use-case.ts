import { Injectable } from '@nestjs/common';
import type { Bundle as BundleRequest } from '#libs/contracts/tenants';
import { Clock, newId } from '#libs/kernel';
import { currentActor, runAsService } from '#libs/tenancy';
import { ShowTenant } from '../tenant/show-tenant.use-case.js';
import { refOf } from '../tenant/tenant.js';
import type { Bundle, BundleFiles } from './bundle/bundle.js';
import { CheckBundle } from './check-bundle.use-case.js';
import { OnboardingWaker } from './onboarding-waker.js';
import { OnboardingRepository } from './onboarding.repository.js';
import { begun, type Onboarding } from './onboarding.js';
import { VerifyOnboarding } from './verify-onboarding.use-case.js';

/** Begins an onboarding, or goes on with the one that the same folder began; a finished one is only verified. */
@Injectable()
export class StartOnboarding {
  constructor(
    private readonly check: CheckBundle,
    private readonly onboardings: OnboardingRepository,
    private readonly show: ShowTenant,
    private readonly verify: VerifyOnboarding,
    private readonly runner: OnboardingWaker,
    private readonly clock: Clock,
  ) {}

  /** @throws BundleInvalid */
  async execute(request: BundleRequest): Promise<Onboarding> {
    return this.begin(await this.check.execute(request));
  }

  /** As `execute`, for files that came in another way. @throws BundleInvalid */
  async executeFiles(files: BundleFiles): Promise<Onboarding> {
    return this.begin(await this.check.executeFiles(files));
  }

  private async begin(bundle: Bundle): Promise<Onboarding> {
    const known = await this.known(bundle);
    if (known?.state === 'done') return this.verified(known, bundle);
    const onboarding = known ?? (await this.record(bundle));
    if (onboarding.state === 'failed') {
      await this.onboardings.restart(onboarding.id, bundle.files, this.clock.now());
    }
    this.runner.wake();
    return (await this.onboardings.find(onboarding.id)) ?? onboarding;
  }

  private known({ tenant, digest }: Bundle): Promise<Onboarding | null> {
    return this.onboardings.ofBundle(tenant.slug, digest);
  }

  private async record(bundle: Bundle): Promise<Onboarding> {
    const now = this.clock.now();
    // A folder that was corrected goes on with the tenant that the faulty one began.
    const earlier = await this.onboardings.unfinished(bundle.tenant.slug);
    const tenantId = earlier?.tenantId ?? newId(now.getTime());
    const onboarding = begun(
      bundle,
      { id: newId(now.getTime()), tenantId, requestedBy: currentActor() },
      now,
    );
    if (await this.onboardings.insert(onboarding, bundle.files)) return onboarding;
    // The same folder was sent twice at once.
    return (await this.known(bundle)) ?? onboarding;
  }

  private async verified(onboarding: Onboarding, bundle: Bundle): Promise<Onboarding> {
    const tenant = await this.show.execute(onboarding.tenantId);
    const verification = await runAsService(refOf(tenant), 'tenants', () => this.verify.execute(bundle));
    const checked = { ...onboarding, verification };
    await this.onboardings.saveVerification(checked);
    await this.onboardings.forgetFiles(onboarding.slug);
    return checked;
  }
}
