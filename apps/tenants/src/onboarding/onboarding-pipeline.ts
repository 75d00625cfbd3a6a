import { Injectable } from '@nestjs/common';
import type { OnboardingStep as StepName } from '#libs/contracts/tenants';
import { Clock } from '#libs/kernel';
import { CountUsers } from '../size/count-users.use-case.js';
import { ShowTenant } from '../tenant/show-tenant.use-case.js';
import { refOf } from '../tenant/tenant.js';
import type { OnboardingJob } from './onboarding-job.js';
import { OnboardingRepository } from './onboarding.repository.js';
import { ContentStep } from './steps/content-step.js';
import { EnrolmentsStep } from './steps/enrolments-step.js';
import type { OnboardingStep } from './steps/onboarding-step.js';
import { TenantStep } from './steps/tenant-step.js';
import { UsersStep } from './steps/users-step.js';
import { VerifyStep } from './steps/verify-step.js';

/** Tenant, users, content, enrolments, verification: from wherever the onboarding was left, to its end. */
@Injectable()
export class OnboardingPipeline {
  private readonly steps: readonly OnboardingStep[];

  constructor(
    tenant: TenantStep,
    users: UsersStep,
    content: ContentStep,
    enrolments: EnrolmentsStep,
    verify: VerifyStep,
    private readonly show: ShowTenant,
    private readonly count: CountUsers,
    private readonly onboardings: OnboardingRepository,
    private readonly clock: Clock,
  ) {
    this.steps = [tenant, users, content, enrolments, verify];
  }

  async run(job: OnboardingJob): Promise<void> {
    const first = this.steps.findIndex(({ name }) => name === job.now.step);
    if (first > 0) job.enter(refOf(await this.show.execute(job.now.tenantId)));
    for (const [index, step] of this.steps.entries()) {
      if (index < first) continue;
      await step.run(job);
      const next: StepName = this.steps[index + 1]?.name ?? 'done';
      if (next !== 'done') await job.save({ step: next });
    }
    await this.count.execute(job.now.tenantId);
    await job.save({ step: 'done', state: 'done', finishedAt: this.clock.now() });
    await this.onboardings.forgetFiles(job.now.slug);
  }
}
