/** Whether the session ran out while a page was open. What is typed on that page stays. */
export class SessionEnded {
  private ended = false;
  private readonly listeners = new Set<() => void>();

  readonly current = (): boolean => this.ended;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(ended: boolean): void {
    this.ended = ended;
    for (const listener of this.listeners) listener();
  }
}
