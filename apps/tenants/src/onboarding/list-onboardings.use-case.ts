import { Injectable } from '@nestjs/common';
import type { Page } from '#libs/contracts';
import { OnboardingRepository } from './onboarding.repository.js';
import type { Onboarding } from './onboarding.js';

@Injectable()
export class ListOnboardings {
  constructor(private readonly onboardings: OnboardingRepository) {}

  execute(query: { limit: number; cursor?: string | undefined }): Promise<Page<Onboarding>> {
    return this.onboardings.list(query);
  }
}
