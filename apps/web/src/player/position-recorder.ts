export interface Position {
  readonly seconds: number;
  /** The learner went back; without it the server keeps the furthest place. */
  readonly rewind: boolean;
}

const EVERY_MS = 10_000;
const SMALLEST_STEP = 1;

/**
 * Decides when a place in a video is worth telling the server: every ten seconds while it plays, and at once when the
 * learner stops or leaves.
 */
export class PositionRecorder {
  private told: number;
  private toldAt: number;

  constructor(
    start: number,
    private readonly tell: (position: Position) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.told = start;
    this.toldAt = now();
  }

  /** The video goes on. */
  playing(seconds: number): void {
    if (this.now() - this.toldAt >= EVERY_MS) this.stopped(seconds);
  }

  /** The video was paused, the page was left, the learner jumped. */
  stopped(seconds: number): void {
    const place = Math.floor(seconds);
    if (Math.abs(place - this.told) < SMALLEST_STEP) return;
    const rewind = place < this.told;
    this.told = place;
    this.toldAt = this.now();
    this.tell({ seconds: place, rewind });
  }
}
