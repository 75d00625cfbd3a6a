/** A sleep that can be ended early. A call to `end` while nobody sleeps ends the next sleep at once. */
export class Pause {
  private isEnded = false;
  private wake: (() => void) | undefined;

  end(): void {
    this.isEnded = true;
    this.wake?.();
  }

  async last(milliseconds: number): Promise<void> {
    if (!this.isEnded) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wake = undefined;
    this.isEnded = false;
  }
}
