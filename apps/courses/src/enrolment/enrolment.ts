import type {
  CourseProgress,
  Enrolment as EnrolmentView,
  EnrolmentSource,
  EnrolmentStatus,
} from '#libs/contracts/courses';

/** A learner's place in a course. */
export interface Enrolment {
  readonly id: string;
  readonly courseId: string;
  /** Fixed from the first lesson on; until then it follows the newest publication. */
  readonly version: number;
  readonly userId: string;
  readonly source: EnrolmentSource;
  readonly status: EnrolmentStatus;
  readonly lessonsTotal: number;
  readonly lessonsCompleted: number;
  readonly nextLessonId: string | null;
  readonly certificateId: string | null;
  readonly dueAt: Date | null;
  readonly enrolledAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
}

/** 0 to 1. */
export function progressOf({ lessonsCompleted, lessonsTotal }: Enrolment): number {
  return lessonsTotal === 0 ? 0 : lessonsCompleted / lessonsTotal;
}

export function courseProgressOf(enrolment: Enrolment): CourseProgress {
  const { status, lessonsCompleted, lessonsTotal, nextLessonId, certificateId } = enrolment;
  const progress = progressOf(enrolment);
  return { status, progress, lessonsCompleted, lessonsTotal, nextLessonId, certificateId };
}

export function enrolmentViewOf(enrolment: Enrolment): EnrolmentView {
  return {
    enrolmentId: enrolment.id,
    courseId: enrolment.courseId,
    version: enrolment.version,
    userId: enrolment.userId,
    source: enrolment.source,
    dueAt: enrolment.dueAt?.toISOString() ?? null,
    enrolledAt: enrolment.enrolledAt.toISOString(),
    startedAt: enrolment.startedAt?.toISOString() ?? null,
    completedAt: enrolment.completedAt?.toISOString() ?? null,
    ...courseProgressOf(enrolment),
  };
}

/** The part of an enrolment's events that is always the same. */
export function learnerOf(enrolment: Enrolment) {
  return {
    enrolmentId: enrolment.id,
    courseId: enrolment.courseId,
    userId: enrolment.userId,
    progress: progressOf(enrolment),
  };
}
