import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EnrolmentOutcome } from '#libs/contracts/courses';
import type { BundleEnrolment } from '../bundle/bundle.js';
import { CourseLibrary } from '../course-library.js';
import { EnrolmentsRefused } from '../onboarding.errors.js';
import type { OnboardingJob } from '../onboarding-job.js';
import type { OnboardingStep } from './onboarding-step.js';

const BATCH = 500;
const enrolled: readonly EnrolmentOutcome[] = ['enrolled', 're_enrolled', 'already_enrolled'];

/** How long to wait for people to be known to courses, which hears of them by events: about a minute in all. */
export abstract class Patience {
  abstract readonly delays: readonly number[];
}

export class UsualPatience extends Patience {
  readonly delays = [100, 200, 400, 800, 1_500, 3_000, 5_000, 10_000, 15_000, 25_000];
}

@Injectable()
export class EnrolmentsStep implements OnboardingStep {
  readonly name = 'enrolments';

  constructor(
    private readonly library: CourseLibrary,
    private readonly patience: Patience,
  ) {}

  async run(job: OnboardingJob): Promise<void> {
    const { enrolments } = job.bundle;
    for (let done = job.now.progress.enrolments.done; done < enrolments.length;) {
      const batch = enrolments.slice(done, done + BATCH);
      await this.enrol(batch, job);
      done += batch.length;
      await job.count('enrolments', done);
    }
  }

  private async enrol(batch: readonly BundleEnrolment[], job: OnboardingJob): Promise<void> {
    let open = batch;
    for (const patience of [...this.patience.delays, null]) {
      const outcomes = await job.asService(() => this.library.enrol(open));
      const refused = open.flatMap((row, index) => {
        const outcome = outcomes[index] ?? 'invalid';
        return enrolled.includes(outcome) ? [] : [{ row, outcome }];
      });
      if (refused.length === 0) return;
      const passing = refused.every(({ outcome }) => outcome === 'unknown_person');
      if (patience === null || !passing) throw new EnrolmentsRefused(refused.map(describe));
      open = refused.map(({ row }) => row);
      await job.save({});
      await delay(patience);
    }
  }
}

function describe({ row, outcome }: { row: BundleEnrolment; outcome: EnrolmentOutcome }): string {
  return `${row.email} in ${row.course}: ${outcome.replaceAll('_', ' ')}`;
}
