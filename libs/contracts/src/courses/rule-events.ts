import { z } from 'zod';
import { defineEvent, instant, uuid } from '../index.js';

const rule = { ruleId: uuid(), name: z.string() };
/** As it is after the change: enough for an audit to say what was decided. */
const content = {
  ...rule,
  status: z.string(),
  match: z.string(),
  conditions: z.array(z.unknown()),
  courseIds: z.array(uuid()),
  due: z.unknown(),
  reminders: z.array(z.int()),
  escalateAfterDays: z.int().nullable(),
  /** Not in events that were written before rules could renew. */
  renewal: z.unknown().optional(),
};

export const ruleCreated = defineEvent('courses.rule.created', z.strictObject(content));
export const ruleUpdated = defineEvent('courses.rule.updated', z.strictObject(content));
export const ruleDeleted = defineEvent('courses.rule.deleted', z.strictObject(rule));
export const ruleRestored = defineEvent('courses.rule.restored', z.strictObject(rule));

/** A rule was gone through for everybody. */
export const ruleApplied = defineEvent(
  'courses.rule.applied',
  z.strictObject({ ...rule, assigned: z.int().nonnegative(), released: z.int().nonnegative() }),
);

const learner = {
  enrolmentId: uuid(),
  courseId: uuid(),
  userId: uuid(),
  progress: z.number().min(0).max(1),
  courseTitle: z.string(),
};
const byRule = { ruleId: uuid().nullable(), ruleName: z.string().nullable() };

/** Somebody else decided that the person is to take the course: a rule, or a manager (then without a rule). */
export const enrolmentAssigned = defineEvent(
  'courses.enrolment.assigned',
  z.strictObject({ ...learner, ...byRule, dueAt: instant().nullable() }),
);

/** A rule holds the person no more. `withdrawn`: nothing was begun, so the course is gone from the list. */
export const enrolmentReleased = defineEvent(
  'courses.enrolment.released',
  z.strictObject({ ...learner, ...byRule, withdrawn: z.boolean() }),
);

/**
 * A completion ends soon, and the course is to be taken again: it begins anew, due when the completion ends. What was
 * completed stays on record.
 */
export const enrolmentRenewed = defineEvent(
  'courses.enrolment.renewed',
  z.strictObject({
    ...learner,
    completedAt: instant(),
    expiresAt: instant(),
    dueAt: instant(),
    certificateId: uuid().nullable(),
  }),
);

export const enrolmentDueSoon = defineEvent(
  'courses.enrolment.due_soon',
  z.strictObject({ ...learner, dueAt: instant(), daysLeft: z.int().nonnegative() }),
);

export const enrolmentOverdue = defineEvent(
  'courses.enrolment.overdue',
  z.strictObject({ ...learner, dueAt: instant(), daysOverdue: z.int().nonnegative() }),
);

/** The manager is told. Null where nobody is above the person. */
export const enrolmentEscalated = defineEvent(
  'courses.enrolment.escalated',
  z.strictObject({
    ...learner,
    dueAt: instant(),
    daysOverdue: z.int().nonnegative(),
    managerId: uuid().nullable(),
    learnerName: z.string(),
  }),
);
