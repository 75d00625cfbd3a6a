import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ServiceLogger } from '#libs/service';
import { SettleStorage } from './settle-storage.use-case.js';

const LOOK_EVERY = 60_000;

/** Settles what a process before this one left, and what this one was in doubt of: at the start, and every now and then. */
@Injectable()
export class StorageSettler implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly settleStorage: SettleStorage,
    private readonly logger: ServiceLogger,
  ) {}

  onApplicationBootstrap(): void {
    void this.settle();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private async settle(): Promise<void> {
    try {
      const settled = await this.settleStorage.execute();
      if (settled > 0) this.logger.info({ settled }, 'files that a stopped process left were settled');
    } catch (error) {
      this.logger.warn({ err: error }, 'files that a stopped process left cannot be settled yet');
    }
    if (!this.stopped) this.timer = setTimeout(() => void this.settle(), LOOK_EVERY);
  }
}
