import { z } from 'zod';
import { instant, page, text, uuid } from '../index.js';
import { enrolmentStatus } from './enrolment.js';

const ruleStatus = z.enum(['active', 'paused']);
export type RuleStatus = z.infer<typeof ruleStatus>;

const membership = z.enum(['is_one_of', 'is_not_one_of']);

/** One thing that is asked of a person. Who has no team, department or language is in none of them. */
const ruleCondition = z.discriminatedUnion('attribute', [
  z.strictObject({
    attribute: z.enum(['role', 'department', 'locale']),
    operator: membership,
    values: z.array(text(1, 200)).min(1).max(100),
  }),
  z.strictObject({
    attribute: z.literal('team'),
    operator: membership,
    /** Ids of teams, so that another name changes nothing. A name is taken for the team that has it now. */
    values: z.array(text(1, 200)).min(1).max(100),
  }),
  z.strictObject({
    attribute: z.literal('manager'),
    operator: membership,
    /** Users; the direct manager counts. */
    values: z.array(uuid()).min(1).max(100),
  }),
  z.strictObject({
    attribute: z.literal('joined'),
    operator: z.enum(['on_or_after', 'before']),
    /** A day, in UTC. */
    date: z.iso.date(),
  }),
]);
export type RuleCondition = z.infer<typeof ruleCondition>;

const days = z.int().min(1).max(3650);

const ruleDue = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('date'), at: instant() }),
  /** So many days after the rule took hold of the person; the end of that day, in UTC. */
  z.strictObject({ kind: z.literal('after_assignment'), days }),
  /** So many days after the person joined; who joined longer ago gets as many days from the assignment. */
  z.strictObject({ kind: z.literal('after_joining'), days }),
]);
export type RuleDue = z.infer<typeof ruleDue>;

/**
 * What is completed holds for so long; so many days before that ends the course is assigned anew, due on the day it ends.
 * Who completed it longer ago gets these days from now.
 */
const ruleRenewal = z.strictObject({
  afterMonths: z.int().min(1).max(120),
  noticeDays: z.int().min(1).max(365),
});
export type RuleRenewal = z.infer<typeof ruleRenewal>;

/** Whom a rule holds: no condition means everybody. */
const whom = {
  match: z.enum(['all', 'any']),
  conditions: z.array(ruleCondition).max(20),
};

const MAX_RULE_COURSES = 50;

export const ruleInput = z.strictObject({
  name: text(1, 200),
  /** Paused: nobody is assigned or taken out, and nobody is reminded. */
  status: ruleStatus.default('active'),
  ...whom,
  courseIds: z.array(uuid()).min(1).max(MAX_RULE_COURSES),
  due: ruleDue,
  /** Days from the due date: -7 is a week before, 1 the day after. */
  reminders: z.array(z.int().min(-365).max(365)).max(10).default([-7, -1, 1]),
  /** How many days after the due date the manager is told; null: never. */
  escalateAfterDays: z.int().min(1).max(365).nullable().default(null),
  /** Null: completed is completed. */
  renewal: ruleRenewal.nullable().default(null),
});
export type RuleInput = z.output<typeof ruleInput>;

export const rule = z.strictObject({
  id: uuid(),
  name: z.string(),
  status: ruleStatus,
  match: z.enum(['all', 'any']),
  conditions: z.array(ruleCondition),
  /** What the teams and managers of the conditions are called, by id. Who or what is gone is left out. */
  names: z.record(z.string(), z.string()),
  courses: z.array(
    z.strictObject({
      courseId: uuid(),
      title: z.string(),
      /** False: it holds nobody until the course is published (again). */
      open: z.boolean(),
    }),
  ),
  due: ruleDue,
  reminders: z.array(z.int()),
  escalateAfterDays: z.int().nullable(),
  renewal: ruleRenewal.nullable(),
  /** People whom it holds now. */
  people: z.int().nonnegative(),
  /** Of their assignments. */
  assignments: z.int().nonnegative(),
  completed: z.int().nonnegative(),
  overdue: z.int().nonnegative(),
  /** It is being applied right now; the counts grow. */
  applying: z.boolean(),
  createdAt: instant(),
  updatedAt: instant(),
});
export type Rule = z.infer<typeof rule>;
export const rulePage = page(rule);

export const rulePreviewInput = z.strictObject({
  ...whom,
  courseIds: z.array(uuid()).max(MAX_RULE_COURSES).default([]),
});
export type RulePreviewInput = z.output<typeof rulePreviewInput>;

const matched = z.strictObject({
  userId: uuid(),
  name: z.string(),
  email: z.string(),
  team: z.string().nullable(),
  department: z.string().nullable(),
});

export const rulePreview = z.strictObject({
  /** Who matches now. */
  people: z.int().nonnegative(),
  /** Everybody who could. */
  everybody: z.int().nonnegative(),
  /** Pairs of person and course that would be new. */
  newAssignments: z.int().nonnegative(),
  /** Pairs that are there already, completed ones among them. */
  alreadyEnrolled: z.int().nonnegative(),
  /** The first ten by name. */
  sample: z.array(matched),
});
export type RulePreview = z.infer<typeof rulePreview>;

const choice = z.strictObject({ value: z.string(), people: z.int().nonnegative() });
/** Of what has an id: that is the value. */
const namedChoice = z.strictObject({ ...choice.shape, name: z.string() });

/** What the people of the academy have in each attribute, the most frequent first, at most 500 of each. */
export const ruleAttributes = z.strictObject({
  role: z.array(choice),
  team: z.array(namedChoice),
  department: z.array(choice),
  locale: z.array(choice),
  /** Who has people below. */
  manager: z.array(namedChoice),
});
export type RuleAttributes = z.infer<typeof ruleAttributes>;

const ruleAssignment = z.strictObject({
  userId: uuid(),
  name: z.string(),
  email: z.string(),
  courseId: uuid(),
  courseTitle: z.string(),
  enrolmentId: uuid(),
  status: enrolmentStatus,
  dueAt: instant().nullable(),
  assignedAt: instant(),
});
export type RuleAssignment = z.infer<typeof ruleAssignment>;
export const ruleAssignmentPage = page(ruleAssignment);
