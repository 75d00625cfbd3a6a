export interface WorkQueueOptions {
  readonly concurrency: number;
  /** The first and the longest pause before a key is tried again, in milliseconds. */
  readonly firstPause: number;
  readonly longestPause: number;
  readonly onFailure: (key: string, error: unknown, pause: number) => void;
  /** Between 0 and 1; spreads the pauses. */
  readonly random?: () => number;
}

interface Item {
  running: boolean;
  /** Asked for again while it ran. */
  again: boolean;
  failures: number;
  timer: NodeJS.Timeout | undefined;
}

/** Works on each key alone, on several keys at once; what failed is tried again, later each time. */
export class WorkQueue {
  private readonly items = new Map<string, Item>();
  private readonly waiting = new Set<string>();
  private running = 0;
  private stopped = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly work: (key: string) => Promise<void>,
    private readonly options: WorkQueueOptions,
  ) {}

  /** Keys that wait for their turn. */
  get depth(): number {
    return this.waiting.size;
  }

  add(key: string): void {
    if (this.stopped) return;
    const item = this.itemOf(key);
    clearTimeout(item.timer);
    item.timer = undefined;
    if (item.running) item.again = true;
    else this.waiting.add(key);
    this.next();
  }

  /** Lets nothing begin any more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.clear();
    for (const { timer } of this.items.values()) clearTimeout(timer);
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private itemOf(key: string): Item {
    const found = this.items.get(key);
    if (found !== undefined) return found;
    const made: Item = { running: false, again: false, failures: 0, timer: undefined };
    this.items.set(key, made);
    return made;
  }

  private next(): void {
    for (const key of this.waiting) {
      if (this.running >= this.options.concurrency) return;
      this.waiting.delete(key);
      void this.run(key, this.itemOf(key));
    }
  }

  private async run(key: string, item: Item): Promise<void> {
    item.running = true;
    this.running += 1;
    try {
      await this.work(key);
      item.failures = 0;
    } catch (error) {
      item.failures += 1;
      const pause = this.pauseAfter(item.failures);
      this.options.onFailure(key, error, pause);
      if (!this.stopped && !item.again) this.later(key, item, pause);
    }
    item.running = false;
    this.running -= 1;
    this.settle(key, item);
  }

  private settle(key: string, item: Item): void {
    if (this.stopped) {
      if (this.running === 0) for (const tell of this.idle.splice(0)) tell();
      return;
    }
    if (item.again) {
      item.again = false;
      // What failed and was asked for again meanwhile waits, too, or a stream of changes would undo the pauses.
      if (item.failures > 0) this.later(key, item, this.pauseAfter(item.failures));
      else this.waiting.add(key);
    } else if (item.timer === undefined) {
      this.items.delete(key);
    }
    this.next();
  }

  private later(key: string, item: Item, pause: number): void {
    item.timer = setTimeout(() => {
      this.add(key);
    }, pause);
  }

  private pauseAfter(failures: number): number {
    const { firstPause, longestPause, random = Math.random } = this.options;
    const pause = Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 20));
    return pause / 2 + (pause / 2) * random();
  }
}
