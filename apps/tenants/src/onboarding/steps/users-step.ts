import { Injectable } from '@nestjs/common';
import type { OnboardingJob } from '../onboarding-job.js';
import { People } from '../people.js';
import type { OnboardingStep } from './onboarding-step.js';

const BATCH = 200;

@Injectable()
export class UsersStep implements OnboardingStep {
  readonly name = 'users';

  constructor(private readonly people: People) {}

  async run(job: OnboardingJob): Promise<void> {
    const { users } = job.bundle;
    for (let done = job.now.progress.users.done; done < users.length;) {
      const batch = users.slice(done, done + BATCH);
      await job.asService(() => this.people.import(batch));
      done += batch.length;
      await job.count('users', done);
    }
  }
}
