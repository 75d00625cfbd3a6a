import { Clock } from '#libs/kernel';

/** A clock that moves only when told to. */
export class FixedClock extends Clock {
  constructor(private time: number = Date.UTC(2026, 0, 15, 9)) {
    super();
  }

  now(): Date {
    return new Date(this.time);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
