import type { OnboardingStep as StepName } from '#libs/contracts/tenants';
import type { OnboardingJob } from '../onboarding-job.js';

/** A part of the pipeline. Repeating it, wholly or from what `job.now` says was done, changes nothing more. */
export interface OnboardingStep {
  readonly name: StepName;
  run(job: OnboardingJob): Promise<void>;
}
