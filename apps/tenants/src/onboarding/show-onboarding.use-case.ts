import { Injectable } from '@nestjs/common';
import { OnboardingUnknown } from './onboarding.errors.js';
import { OnboardingRepository } from './onboarding.repository.js';
import type { Onboarding } from './onboarding.js';

@Injectable()
export class ShowOnboarding {
  constructor(private readonly onboardings: OnboardingRepository) {}

  /** @throws OnboardingUnknown */
  async execute(id: string): Promise<Onboarding> {
    const onboarding = await this.onboardings.find(id);
    if (onboarding === null) throw new OnboardingUnknown();
    return onboarding;
  }
}
