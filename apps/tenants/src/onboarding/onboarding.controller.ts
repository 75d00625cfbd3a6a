import { Controller } from '@nestjs/common';
import type { Page } from '#libs/contracts';
import {
  checkBundle,
  listOnboardings,
  showOnboarding,
  startOnboarding,
  type Onboarding as OnboardingView,
  type OnboardingCheck,
} from '#libs/contracts/tenants';
import { Endpoint, Input, type InputOf } from '#libs/service';
import { CheckBundle } from './check-bundle.use-case.js';
import { ListOnboardings } from './list-onboardings.use-case.js';
import { ShowOnboarding } from './show-onboarding.use-case.js';
import { StartOnboarding } from './start-onboarding.use-case.js';
import { toView } from './onboarding.js';

@Controller()
export class OnboardingController {
  constructor(
    private readonly checking: CheckBundle,
    private readonly starting: StartOnboarding,
    private readonly one: ShowOnboarding,
    private readonly all: ListOnboardings,
  ) {}

  @Endpoint(checkBundle)
  async check(@Input() { body }: InputOf<typeof checkBundle>): Promise<OnboardingCheck> {
    const { tenant, digest, users, courses, enrolments } = await this.checking.execute(body);
    return {
      slug: tenant.slug,
      bundleDigest: digest,
      users: users.length,
      courses: courses.length,
      enrolments: enrolments.length,
    };
  }

  @Endpoint(startOnboarding)
  async start(@Input() { body }: InputOf<typeof startOnboarding>): Promise<OnboardingView> {
    return toView(await this.starting.execute(body));
  }

  @Endpoint(showOnboarding)
  async show(@Input() { params }: InputOf<typeof showOnboarding>): Promise<OnboardingView> {
    return toView(await this.one.execute(params.onboardingId));
  }

  @Endpoint(listOnboardings)
  async list(@Input() { query }: InputOf<typeof listOnboardings>): Promise<Page<OnboardingView>> {
    const { items, nextCursor } = await this.all.execute(query);
    return { items: items.map(toView), nextCursor };
  }
}
