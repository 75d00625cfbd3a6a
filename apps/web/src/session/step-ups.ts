/** Changes that wait for a fresh proof. However many there are, the person is asked once. */
export class StepUps {
  private waiting: { readonly promise: Promise<boolean>; readonly settle: (proved: boolean) => void } | null =
    null;
  private readonly listeners = new Set<() => void>();

  readonly isAsked = (): boolean => this.waiting !== null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** True when it was given; false where nobody can be asked. */
  async ask(): Promise<boolean> {
    if (this.waiting !== null) return this.waiting.promise;
    if (this.listeners.size === 0) return false;
    let settle: (proved: boolean) => void = () => undefined;
    const promise = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    this.waiting = { promise, settle };
    this.tell();
    return promise;
  }

  settle(proved: boolean): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.settle(proved);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
