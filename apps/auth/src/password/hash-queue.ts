import { HashingBusy } from './password.errors.js';

interface Waiting {
  readonly realm: string;
  start(): void;
}

export interface HashQueueLimits {
  readonly concurrent: number;
  readonly waiting: number;
  /** The part of the waiting places that one realm may hold. */
  readonly realmShare: number;
}

/**
 * Runs costly work a few at a time. What waits is bounded, so that a flood is refused at once instead of making
 * everybody wait; realms (tenants) take turns, and none can hold all the places.
 */
export class HashQueue {
  private running = 0;
  private readonly waiting = new Map<string, Waiting[]>();

  constructor(private readonly limits: HashQueueLimits) {}

  /** @throws HashingBusy */
  async run<R>(realm: string, work: () => Promise<R>): Promise<R> {
    await this.turn(realm);
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private turn(realm: string): Promise<void> | void {
    if (this.running < this.limits.concurrent) {
      this.running += 1;
      return;
    }
    const own = this.waiting.get(realm) ?? [];
    const total = [...this.waiting.values()].reduce((sum, queue) => sum + queue.length, 0);
    const { waiting, realmShare } = this.limits;
    if (total >= waiting || own.length >= waiting * realmShare) throw new HashingBusy();
    return new Promise((resolve) => {
      this.waiting.set(realm, [...own, { realm, start: resolve }]);
    });
  }

  /** Hands the place on to the realm that was served longest ago. */
  private next(): void {
    const [first] = this.waiting;
    if (first === undefined) {
      this.running -= 1;
      return;
    }
    const [realm, [head, ...rest]] = first;
    this.waiting.delete(realm);
    if (rest.length > 0) this.waiting.set(realm, rest);
    head?.start();
  }
}
