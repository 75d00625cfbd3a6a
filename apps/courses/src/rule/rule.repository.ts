import type { Rule } from './rule.js';

/** A person whom a rule is to take hold of in a course. */
export interface Assignable {
  readonly ruleId: string;
  readonly courseId: string;
  readonly userId: string;
  readonly joinedAt: Date | null;
}

export interface NewAssignment {
  readonly ruleId: string;
  readonly courseId: string;
  readonly userId: string;
  readonly dueAt: Date | null;
}

/** A person whom a rule has hold of, with the state of the enrolment. */
export interface HeldAssignment extends NewAssignment {
  readonly enrolmentId: string;
  readonly assignedAt: Date;
  readonly joinedAt: Date | null;
  readonly courseTitle: string;
  readonly ruleName: string;
  readonly status: string;
  readonly progress: number;
  readonly enrolmentDueAt: Date | null;
  /** It was completed before and is taken again: due when that ends, not by the rule's due date. */
  readonly isRenewed: boolean;
}

/** What was let go of: what was not begun is withdrawn, of the rest the rule's due date is taken away. */
export interface Released extends HeldAssignment {
  readonly withdrawn: boolean;
}

export interface Redated {
  readonly enrolmentId: string;
  readonly courseId: string;
  readonly userId: string;
  readonly progress: number;
  readonly dueAt: Date | null;
}

export abstract class RuleRepository {
  abstract add(rule: Rule, createdBy: string | null): Promise<void>;

  /** Deleted ones too. Nobody else changes it or assigns by it until the unit of work ends. */
  abstract lock(ruleId: string): Promise<Rule | null>;

  abstract save(rule: Rule): Promise<void>;

  /** Which of these courses do not exist, or are deleted. */
  abstract unknownCourses(courseIds: readonly string[]): Promise<readonly string[]>;

  /** The rule is to be gone through for everybody, not before that instant. */
  abstract demand(ruleId: string, revision: number, notBefore: Date): Promise<void>;

  /** Likewise all rules that assign one of these courses. */
  abstract demandByCourses(courseIds: readonly string[], notBefore: Date): Promise<void>;

  /** What is demanded of a rule and may be done now. */
  abstract demanded(ruleId: string, now: Date): Promise<{ readonly revision: number } | null>;

  /** Ends the demand unless it has been renewed. */
  abstract fulfilled(ruleId: string, revision: number): Promise<void>;

  /** The active rules; none of them changes until the unit of work ends. */
  abstract holdActive(): Promise<Rule[]>;

  /** Whom the rule's conditions hold, by id. */
  abstract everybody(rule: Rule): Promise<string[]>;

  /** Of these people: whom a rule (all active ones, without `ruleId`) is to take hold of. */
  abstract assignable(ruleId: string | null, userIds: readonly string[]): Promise<Assignable[]>;

  /** Writes down whom rules have hold of; the enrolments are there. Answers those that are new. */
  abstract hold(assignments: readonly NewAssignment[], at: Date): Promise<HeldAssignment[]>;

  /** Whom a rule has hold of and should not, of these people or of all: at most `limit`. */
  abstract releasable(
    ruleId: string | null,
    userIds: readonly string[] | null,
    limit: number,
  ): Promise<HeldAssignment[]>;

  abstract release(held: readonly HeldAssignment[]): Promise<Released[]>;

  /** A page of whom the rule has hold of, after that enrolment. */
  abstract held(ruleId: string, after: string | null, limit: number): Promise<HeldAssignment[]>;

  /** The assignments' own due dates, and with them the enrolments that still carry the former one. */
  abstract redate(
    changes: readonly { readonly held: HeldAssignment; readonly dueAt: Date | null }[],
  ): Promise<Redated[]>;

  /** Draws due dates of enrolments nearer, never further away. Completed ones stay. */
  abstract drawNearer(due: ReadonlyMap<string, Date>): Promise<Redated[]>;
}
