import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ServiceLogger } from '#libs/service';
import { PurgeUploads } from './purge-uploads.use-case.js';

const LOOK_EVERY = 15 * 60_000;

/** Ends uploads that were given up, now and then. */
@Injectable()
export class UploadPurger implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly purgeUploads: PurgeUploads,
    private readonly logger: ServiceLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.purge(), LOOK_EVERY);
    this.timer.unref();
    void this.purge();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async purge(): Promise<void> {
    try {
      const ended = await this.purgeUploads.execute();
      if (ended > 0) this.logger.info({ ended }, 'uploads that were given up have ended');
    } catch (error) {
      this.logger.warn({ err: error }, 'uploads that were given up cannot be ended yet');
    }
  }
}
