import type { Clock } from '#libs/kernel';
import type { JSONWebKeySet } from 'jose';

/** A key that is not known yet may be a new one, so it is looked for; but whoever invents keys makes us look no more often. */
const LOOK_EVERY_MS = 5_000;
const KEPT_MS = 5 * 60_000;

/** The keys of one provider. */
export class KeySetKeeper {
  private keys: JSONWebKeySet | null = null;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<JSONWebKeySet> | null = null;

  constructor(
    private readonly load: () => Promise<JSONWebKeySet>,
    private readonly clock: Clock,
  ) {}

  /** What is known and not too old. */
  get known(): JSONWebKeySet | null {
    return this.clock.now().getTime() - this.lookedAt < KEPT_MS ? this.keys : null;
  }

  /** The keys as they are now, or as they were a few seconds ago. One look at a time, whoever asks. */
  async fresh(): Promise<JSONWebKeySet> {
    const age = this.clock.now().getTime() - this.lookedAt;
    if (this.keys !== null && age < LOOK_EVERY_MS) return this.keys;
    this.looking ??= this.look().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async look(): Promise<JSONWebKeySet> {
    this.keys = await this.load();
    this.lookedAt = this.clock.now().getTime();
    return this.keys;
  }
}
