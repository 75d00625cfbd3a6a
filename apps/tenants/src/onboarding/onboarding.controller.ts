import { Controller } from '@nestjs/common';
import type { Page } from '#libs/contracts';
import {
  checkArchive,
  checkBundle,
  downloadOnboardingReport,
  listOnboardings,
  showOnboarding,
  startArchive,
  startOnboarding,
  type Onboarding as OnboardingView,
  type OnboardingCheck,
} from '#libs/contracts/tenants';
import { Download, Endpoint, Input, type InputOf } from '#libs/service';
import { readArchive } from './archive/read-archive.js';
import type { Bundle } from './bundle/bundle.js';
import { CheckBundle } from './check-bundle.use-case.js';
import { ListOnboardings } from './list-onboardings.use-case.js';
import { ShowOnboarding } from './show-onboarding.use-case.js';
import { reportOf } from './onboarding-report.js';
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
    return checkOf(await this.checking.execute(body));
  }

  @Endpoint(checkArchive)
  async checkZip(@Input() { stream }: InputOf<typeof checkArchive>): Promise<OnboardingCheck> {
    return checkOf(await this.checking.executeFiles(await readArchive(stream)));
  }

  @Endpoint(startArchive)
  async startZip(@Input() { stream }: InputOf<typeof startArchive>): Promise<OnboardingView> {
    return toView(await this.starting.executeFiles(await readArchive(stream)));
  }

  @Endpoint(downloadOnboardingReport)
  async report(@Input() { params, query }: InputOf<typeof downloadOnboardingReport>): Promise<Download> {
    const { contentType, name, content } = reportOf(
      await this.one.execute(params.onboardingId),
      query.format,
    );
    const headers = { 'content-disposition': `attachment; filename="${name}"` };
    return new Download(content, { contentType, length: Buffer.byteLength(content), headers });
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

function checkOf({ tenant, digest, users, courses, enrolments }: Bundle): OnboardingCheck {
  return {
    slug: tenant.slug,
    bundleDigest: digest,
    users: users.length,
    courses: courses.length,
    enrolments: enrolments.length,
  };
}
