import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Broadcast } from '#libs/service';
import type { SigningKeyRing } from './signing-key-ring.js';

const EVERY_MS = 60_000;

/** Keeps the ring of a running service up to date: every minute, and when somebody says that keys have changed. */
export class SigningKeyRotation implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ring: SigningKeyRing,
    private readonly broadcast: Broadcast,
    private readonly failed: (error: unknown) => void,
  ) {}

  onApplicationBootstrap(): void {
    this.broadcast.subscribe('signing_key.rotated', () => {
      this.refresh();
    });
    this.timer = setInterval(() => {
      this.refresh();
    }, EVERY_MS);
    this.timer.unref();
    this.refresh();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private refresh(): void {
    this.ring.refresh().catch(this.failed);
  }
}
