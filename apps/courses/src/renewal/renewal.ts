/** A completion that ends and is to be made anew. */
export interface Renewal {
  readonly enrolmentId: string;
  readonly courseId: string;
  readonly userId: string;
  readonly courseTitle: string;
  readonly certificateId: string | null;
  readonly completedAt: Date;
  /** Until then what was completed holds. */
  readonly expiresAt: Date;
  readonly noticeDays: number;
  /** Whether the course can be taken now: it is published, and the person is here. */
  readonly open: boolean;
}

const DAY_MS = 86_400_000;

/** On the day that the completion ends; who is told later than that gets the days of the notice all the same. */
export function dueOf({ expiresAt, noticeDays }: Pick<Renewal, 'expiresAt' | 'noticeDays'>, now: Date): Date {
  const day = Math.floor(now.getTime() / DAY_MS) + noticeDays;
  const noticed = new Date((day + 1) * DAY_MS - 1000);
  return expiresAt > noticed ? expiresAt : noticed;
}
