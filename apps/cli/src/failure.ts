import type { Problem } from '#libs/contracts';

/** Something that the person at the keyboard can put right. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly code = 'cli.failed',
    /** What the platform said, if it did. */
    readonly problem: Problem | null = null,
  ) {
    super(message);
  }
}
