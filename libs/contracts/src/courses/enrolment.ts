import { z } from 'zod';
import { email, instant, page, slug, uuid } from '../index.js';

export const enrolmentStatus = z.enum(['not_started', 'in_progress', 'completed', 'withdrawn']);
export type EnrolmentStatus = z.infer<typeof enrolmentStatus>;

/** How the learner came to the course. */
export const enrolmentSource = z.enum(['self', 'assigned', 'csv', 'import', 'rule']);
export type EnrolmentSource = z.infer<typeof enrolmentSource>;

/** How far a learner is; computed in the transaction that changes it. */
export const courseProgress = z.strictObject({
  status: enrolmentStatus,
  /** 0 to 1: completed lessons of all lessons. */
  progress: z.number().min(0).max(1),
  lessonsCompleted: z.int().nonnegative(),
  lessonsTotal: z.int().nonnegative(),
  /** Where to go on: the first lesson that is not completed; null when all are. */
  nextLessonId: uuid().nullable(),
  certificateId: uuid().nullable(),
});
export type CourseProgress = z.infer<typeof courseProgress>;

export const enrolment = z.strictObject({
  enrolmentId: uuid(),
  courseId: uuid(),
  /** The version that the learner is on; fixed from the first lesson on. */
  version: z.int().positive(),
  userId: uuid(),
  source: enrolmentSource,
  dueAt: instant().nullable(),
  enrolledAt: instant(),
  startedAt: instant().nullable(),
  completedAt: instant().nullable(),
  ...courseProgress.shape,
});
export type Enrolment = z.infer<typeof enrolment>;

/** An enrolment as a manager sees it. */
export const managedEnrolment = z.strictObject({
  ...enrolment.shape,
  learner: z.strictObject({ name: z.string(), email: z.string() }).nullable(),
});
export type ManagedEnrolment = z.infer<typeof managedEnrolment>;
export const managedEnrolmentPage = page(managedEnrolment);

export const enrolmentOutcome = z.enum([
  'enrolled',
  /** Had withdrawn and is back, with the progress made before. */
  're_enrolled',
  /** Nothing changed, but for the due date where one was given. */
  'already_enrolled',
  'unknown_person',
  'inactive_person',
  'unknown_course',
  /** The row itself is wrong (CSV). */
  'invalid',
]);
export type EnrolmentOutcome = z.infer<typeof enrolmentOutcome>;

export const assignment = z.strictObject({
  userIds: z.array(uuid()).min(1).max(500),
  dueAt: instant().nullable().default(null),
});
export const assignmentResult = z.strictObject({
  outcomes: z.array(
    z.strictObject({ userId: uuid(), outcome: enrolmentOutcome, enrolmentId: uuid().nullable() }),
  ),
});
export type AssignmentResult = z.infer<typeof assignmentResult>;

/** The largest CSV, in bytes; the file has a header `email` or `email,due_at`. */
export const MAX_CSV_BYTES = 2 * 1024 * 1024;

export const csvAssignmentResult = z.strictObject({
  /** True: nothing was written, the outcomes are what would happen. */
  dryRun: z.boolean(),
  rows: z.int().nonnegative(),
  enrolled: z.int().nonnegative(),
  alreadyEnrolled: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  outcomes: z.array(
    z.strictObject({
      /** Line of the file, the header being 1. */
      line: z.int().positive(),
      /** Column of the fault, from 1; null when the row is right. */
      column: z.int().positive().nullable(),
      email: z.string(),
      outcome: enrolmentOutcome,
      detail: z.string().nullable(),
    }),
  ),
});
export type CsvAssignmentResult = z.infer<typeof csvAssignmentResult>;

/** Enrolments of an onboarding: by e-mail and by the course's external key. Doing it twice changes nothing. */
export const enrolmentImport = z.strictObject({
  rows: z
    .array(z.strictObject({ email: email(), course: slug(), dueAt: instant().nullable().default(null) }))
    .min(1)
    .max(1000),
});
export const enrolmentImportResult = z.strictObject({
  enrolled: z.int().nonnegative(),
  alreadyEnrolled: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** In the order of the rows. */
  outcomes: z.array(enrolmentOutcome),
});
export type EnrolmentImportResult = z.infer<typeof enrolmentImportResult>;
