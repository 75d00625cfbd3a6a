import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ServiceLogger } from '#libs/service';
import { RecheckDomains } from './domain/recheck-domains.use-case.js';
import { RecountTenants } from './size/recount-tenants.use-case.js';

const MINUTE = 60_000;

/** What the service does by itself: looks proofs of domains up, counts users. */
@Injectable()
export class Background implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly domains: RecheckDomains,
    private readonly sizes: RecountTenants,
    private readonly logger: ServiceLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.round());
    }, MINUTE);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private async round(): Promise<void> {
    for (const task of [this.domains, this.sizes]) {
      await task.execute().catch((error: unknown) => {
        this.logger.warn({ err: error, task: task.constructor.name }, 'a round was cut short');
      });
    }
  }
}
