/**
 * Work by key, a few keys at a time: never the same key twice at once, and a key that is added while it is worked on is
 * worked on once more.
 */
export class KeyedWork {
  private readonly waiting = new Set<string>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private isStopped = false;

  constructor(
    private readonly concurrency: number,
    /** Must not reject. */
    private readonly work: (key: string) => Promise<void>,
  ) {}

  add(key: string): void {
    if (this.isStopped) return;
    this.waiting.add(key);
    this.startNext();
  }

  addLater(key: string, milliseconds: number): void {
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.add(key);
    }, milliseconds);
    this.timers.add(timer);
  }

  /** Starts nothing new and waits for what is under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.waiting.clear();
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.allSettled(this.running.values());
  }

  private startNext(): void {
    for (const key of this.waiting) {
      if (this.running.size >= this.concurrency) return;
      if (this.running.has(key)) continue;
      this.waiting.delete(key);
      const done = this.work(key).finally(() => {
        this.running.delete(key);
        this.startNext();
      });
      this.running.set(key, done);
    }
  }
}
