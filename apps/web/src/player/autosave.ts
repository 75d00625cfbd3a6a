export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

interface Work {
  readonly save: (text: string) => Promise<void>;
  /** The other side has a newer one: do not try again by yourself. */
  readonly isConflict: (error: unknown) => boolean;
  readonly onState: (state: SaveState) => void;
  readonly later: (work: () => void, milliseconds: number) => () => void;
}

const PAUSE_MS = 1_200;
const RETRY_MS = 8_000;

/**
 * Saves what is typed when the typing pauses: one save at a time, the newest text last, and again after a failure for
 * as long as the page is open.
 */
export class Autosave {
  private wanted: string | null = null;
  private running = false;
  private stopTimer: (() => void) | null = null;

  constructor(private readonly work: Work) {}

  typed(text: string): void {
    this.wanted = text;
    if (!this.running) this.work.onState('waiting');
    this.schedule(PAUSE_MS);
  }

  /** At once: the field is left, the page is put away. */
  flush(): void {
    this.schedule(0);
  }

  stop(): void {
    this.stopTimer?.();
    this.stopTimer = null;
    if (this.wanted !== null) void this.run();
  }

  private afterSave(): void {
    if (this.wanted === null) this.work.onState('saved');
    else if (this.stopTimer === null) this.schedule(PAUSE_MS);
  }

  private schedule(milliseconds: number): void {
    this.stopTimer?.();
    this.stopTimer = this.work.later(() => {
      this.stopTimer = null;
      void this.run();
    }, milliseconds);
  }

  private async run(): Promise<void> {
    if (this.running || this.wanted === null) return;
    const text = this.wanted;
    this.wanted = null;
    this.running = true;
    this.work.onState('saving');
    try {
      await this.work.save(text);
      this.running = false;
      this.afterSave();
    } catch (error) {
      this.running = false;
      if (this.work.isConflict(error)) {
        this.work.onState('conflict');
        return;
      }
      // What was typed meanwhile is newer than what failed.
      this.wanted ??= text;
      this.work.onState('failed');
      this.schedule(RETRY_MS);
    }
  }
}
