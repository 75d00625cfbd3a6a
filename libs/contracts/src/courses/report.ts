import { z } from 'zod';
import { instant, page, pageQuery, text, uuid } from '../index.js';
import { enrolmentSource, enrolmentStatus } from './enrolment.js';

/** Withdrawn enrolments and people whose account is deactivated are in no report. */
const filter = {
  courseId: uuid().optional(),
  team: text(1, 200).optional(),
  department: text(1, 200).optional(),
  /** Enrolled on or after. */
  from: instant().optional(),
  /** Enrolled before. */
  to: instant().optional(),
};

export const reportFilter = z.strictObject(filter);
export type ReportFilter = z.output<typeof reportFilter>;
export const pagedReportFilter = z.strictObject({ ...filter, ...pageQuery });
export const teamReportFilter = z.strictObject({
  ...filter,
  by: z.enum(['team', 'department']).default('team'),
});

/** When it was counted: a large academy's report may be a few minutes old. */
const asOf = instant();

const counts = {
  enrolled: z.int().nonnegative(),
  notStarted: z.int().nonnegative(),
  inProgress: z.int().nonnegative(),
  completed: z.int().nonnegative(),
  /** Not completed, and the due date is over. */
  overdue: z.int().nonnegative(),
};

const courseReportRow = z.strictObject({ courseId: uuid(), title: z.string(), ...counts });
export type CourseReportRow = z.infer<typeof courseReportRow>;

/** All courses that have an enrolment, by title; the sums of them all besides. */
export const courseReport = z.strictObject({
  totals: z.strictObject({ ...counts, people: z.int().nonnegative(), courses: z.int().nonnegative() }),
  rows: z.array(courseReportRow),
  asOf,
});
export type CourseReport = z.infer<typeof courseReport>;

const teamReportRow = z.strictObject({
  /** Null: people without one. */
  name: z.string().nullable(),
  people: z.int().nonnegative(),
  ...counts,
});
export type TeamReportRow = z.infer<typeof teamReportRow>;
export const teamReport = z.strictObject({ rows: z.array(teamReportRow), asOf });
export type TeamReport = z.infer<typeof teamReport>;

const overdueRow = z.strictObject({
  enrolmentId: uuid(),
  userId: uuid(),
  name: z.string(),
  email: z.string(),
  team: z.string().nullable(),
  department: z.string().nullable(),
  managerName: z.string().nullable(),
  courseId: uuid(),
  courseTitle: z.string(),
  status: enrolmentStatus,
  progress: z.number().min(0).max(1),
  dueAt: instant(),
  daysOverdue: z.int().nonnegative(),
});
export type OverdueRow = z.infer<typeof overdueRow>;
export const overduePage = page(overdueRow);

const completionBucket = z.strictObject({
  /** The first day of the week or month, in UTC. */
  from: z.iso.date(),
  completed: z.int().nonnegative(),
  enrolled: z.int().nonnegative(),
});
export const completionTrend = z.strictObject({
  by: z.enum(['week', 'month']),
  buckets: z.array(completionBucket),
  asOf,
});
export type CompletionTrend = z.infer<typeof completionTrend>;

const learnerReportRow = z.strictObject({
  enrolmentId: uuid(),
  courseId: uuid(),
  courseTitle: z.string(),
  source: enrolmentSource,
  status: enrolmentStatus,
  progress: z.number().min(0).max(1),
  lessonsCompleted: z.int().nonnegative(),
  lessonsTotal: z.int().nonnegative(),
  dueAt: instant().nullable(),
  overdue: z.boolean(),
  enrolledAt: instant(),
  startedAt: instant().nullable(),
  completedAt: instant().nullable(),
  certificateId: uuid().nullable(),
  /** Completions of before it began anew, the latest first. */
  earlier: z.array(
    z.strictObject({ completedAt: instant(), expiresAt: instant(), certificateId: uuid().nullable() }),
  ),
});
export const learnerReport = z.strictObject({
  person: z.strictObject({
    userId: uuid(),
    name: z.string(),
    email: z.string(),
    team: z.string().nullable(),
    department: z.string().nullable(),
    managerName: z.string().nullable(),
  }),
  totals: z.strictObject(counts),
  /** At most 1000: overdue ones first, then by due date. */
  courses: z.array(learnerReportRow),
});
export type LearnerReport = z.infer<typeof learnerReport>;

/** Somebody below the person who asks, and how far with all that was assigned. */
const teamMember = z.strictObject({
  userId: uuid(),
  name: z.string(),
  email: z.string(),
  team: z.string().nullable(),
  /** 1: reports to the person who asks; 2: to somebody who does; and so on. */
  level: z.int().positive(),
  ...counts,
  /** The next due date of what is not completed and not yet overdue. */
  nextDueAt: instant().nullable(),
});
export type TeamMember = z.infer<typeof teamMember>;
export const myTeam = z.strictObject({
  totals: z.strictObject({ ...counts, people: z.int().nonnegative() }),
  ...page(teamMember).shape,
});
export type MyTeam = z.infer<typeof myTeam>;
