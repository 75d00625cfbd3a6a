import type { LessonProgressInput, LessonState } from '#libs/contracts/courses';

/** How far a learner is in one lesson. A lesson that was never opened has none. */
export interface LessonProgress {
  readonly lessonId: string;
  readonly state: Exclude<LessonState, 'not_started'>;
  /** Where a video was left. */
  readonly positionSeconds: number;
  readonly startedAt: Date;
  readonly completedAt: Date | null;
}

export interface ProgressChange {
  readonly next: LessonProgress;
  readonly hasStarted: boolean;
  readonly hasCompleted: boolean;
}

/** Progress only grows: completed stays completed, and a late message takes no position back. */
export function advanced(
  current: LessonProgress | null,
  lessonId: string,
  { state, positionSeconds = 0, rewind }: LessonProgressInput,
  now: Date,
): ProgressChange {
  const before = current ?? {
    lessonId,
    state: 'started',
    positionSeconds: 0,
    startedAt: now,
    completedAt: null,
  };
  const hasCompleted = state === 'completed' && before.state !== 'completed';
  return {
    hasStarted: current === null,
    hasCompleted,
    next: {
      ...before,
      state: hasCompleted ? 'completed' : before.state,
      completedAt: hasCompleted ? now : before.completedAt,
      positionSeconds: rewind ? positionSeconds : Math.max(before.positionSeconds, positionSeconds),
    },
  };
}
