import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, DomainError, newId, type ErrorKind } from '#libs/kernel';
import { ServiceLogger } from '#libs/service';
import { Issues } from './bundle/issues.js';
import { readBundle } from './bundle/read-bundle.js';
import { OnboardingJob } from './onboarding-job.js';
import { OnboardingPipeline } from './onboarding-pipeline.js';
import { Interrupted, LeaseLost } from './onboarding.errors.js';
import { OnboardingWaker } from './onboarding-waker.js';
import { OnboardingRepository } from './onboarding.repository.js';
import type { Onboarding } from './onboarding.js';

const LEASE = 20_000;
const POLL = 2_000;
const MOST_ATTEMPTS = 12;
const passing: readonly ErrorKind[] = ['unavailable', 'timeout', 'rate_limited'];

/**
 * Works on onboardings, one at a time, those first that a process left when it was killed. A lease, renewed while the work
 * goes on, keeps other replicas away from it.
 */
@Injectable()
export class OnboardingRunner
  extends OnboardingWaker
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly owner = newId();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly onboardings: OnboardingRepository,
    private readonly pipeline: OnboardingPipeline,
    private readonly clock: Clock,
    private readonly logger: ServiceLogger,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.wake();
    }, POLL).unref();
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort(new Interrupted('The process stops.'));
    await this.working;
  }

  wake(): void {
    this.again = true;
    this.working ??= this.workAll().finally(() => {
      this.working = undefined;
    });
  }

  private async workAll(): Promise<void> {
    while (this.again && !this.stopping.signal.aborted) {
      this.again = false;
      try {
        const now = this.clock.now();
        const lease = { now, until: later(now, LEASE) };
        const onboarding = await this.onboardings.claim(this.owner, lease);
        if (onboarding === null) continue;
        this.again = true;
        await this.work(onboarding);
      } catch (error) {
        this.logger.warn({ err: error }, 'an onboarding waits');
      }
    }
  }

  private async work(onboarding: Onboarding): Promise<void> {
    const heartbeat = setInterval(() => {
      const until = later(this.clock.now(), LEASE);
      // A beat that is missed shows when the next change is kept.
      this.onboardings.renew(onboarding.id, this.owner, until).catch(() => undefined);
    }, LEASE / 4).unref();
    let job: OnboardingJob | undefined;
    try {
      job = await this.jobOf(onboarding);
      await this.pipeline.run(job);
      this.logger.info({ onboarding: onboarding.id, slug: onboarding.slug }, 'onboarding done');
    } catch (error) {
      await this.giveUp(job?.now ?? onboarding, error);
    } finally {
      clearInterval(heartbeat);
    }
  }

  private async jobOf(onboarding: Onboarding): Promise<OnboardingJob> {
    const { bundle } = readBundle(await this.onboardings.files(onboarding.id), new Issues());
    if (bundle === null) throw new Error(`The files of onboarding ${onboarding.id} are gone.`);
    const keep = (changed: Onboarding) =>
      this.onboardings.save({ ...changed, updatedAt: this.clock.now() }, this.owner);
    return new OnboardingJob(onboarding, bundle, keep, this.stopping.signal);
  }

  private async giveUp(onboarding: Onboarding, error: unknown): Promise<void> {
    const { id, attempts } = onboarding;
    if (error instanceof LeaseLost) return;
    const now = this.clock.now();
    if (error instanceof Interrupted) {
      await this.onboardings.release(id, this.owner, now);
      return;
    }
    this.logger.warn({ err: error, onboarding: id, step: onboarding.step }, 'an onboarding stopped');
    if (isPassing(error) && attempts + 1 < MOST_ATTEMPTS) {
      await this.onboardings.save({ ...onboarding, attempts: attempts + 1, updatedAt: now }, this.owner);
      const pause = Math.min(30_000, 250 * 2 ** attempts);
      await this.onboardings.release(id, this.owner, later(now, pause));
      return;
    }
    const failure = failureOf(error);
    await this.onboardings.save(
      { ...onboarding, state: 'failed', failure, updatedAt: now, finishedAt: now },
      this.owner,
    );
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof DomainError && passing.includes(error.kind);
}

function failureOf(error: unknown): { code: string; detail: string } {
  if (error instanceof DomainError) return { code: error.code, detail: error.message };
  return { code: 'internal.error', detail: 'Something went wrong on our side; the log says what.' };
}

function later(date: Date, milliseconds: number): Date {
  return new Date(date.getTime() + milliseconds);
}
