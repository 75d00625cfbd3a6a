import { Injectable } from '@nestjs/common';
import { VerificationFailed } from '../onboarding.errors.js';
import type { OnboardingJob } from '../onboarding-job.js';
import { VerifyOnboarding } from '../verify-onboarding.use-case.js';
import type { OnboardingStep } from './onboarding-step.js';

@Injectable()
export class VerifyStep implements OnboardingStep {
  readonly name = 'verify';

  constructor(private readonly verify: VerifyOnboarding) {}

  async run(job: OnboardingJob): Promise<void> {
    const verification = await job.asService(() => this.verify.execute(job.bundle));
    await job.save({ verification });
    if (!verification.matches) throw new VerificationFailed(verification.differences);
  }
}
