import { Injectable } from '@nestjs/common';
import {
  enrolmentAssigned,
  enrolmentCreated,
  enrolmentReleased,
  enrolmentRescheduled,
  enrolmentWithdrawn,
} from '#libs/contracts/courses';
import { EventLog, occurrence, type Occurrence } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { learnerOf, type Enrolment } from '../enrolment/enrolment.js';
import { EnrolmentRepository } from '../enrolment/enrolment.repository.js';
import { Deadlines } from '../reminder/deadline.repository.js';
import { Renewals } from '../renewal/renewal.repository.js';
import { dueOf, type Rule } from './rule.js';
import {
  RuleRepository,
  type HeldAssignment,
  type NewAssignment,
  type Redated,
  type Released,
} from './rule.repository.js';

/** Takes hold of people and lets go of them, in the unit of work of a caller who holds the rules. */
@Injectable()
export class AssignByRules {
  constructor(
    private readonly rules: RuleRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly deadlines: Deadlines,
    private readonly renewals: Renewals,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Of these people, for that rule or all active ones. Answers how many assignments are new. */
  async assign(rules: readonly Rule[], ruleId: string | null, userIds: readonly string[]): Promise<number> {
    const now = this.clock.now();
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    const wanted = (await this.rules.assignable(ruleId, userIds)).flatMap(({ joinedAt, ...pair }) => {
      const rule = byId.get(pair.ruleId);
      return rule === undefined ? [] : [{ ...pair, dueAt: dueOf(rule.due, joinedAt, now) }];
    });
    if (wanted.length === 0) return 0;
    const enrolled = await this.enrol(wanted, now);
    const held = await this.rules.hold(wanted, now);
    const fresh = new Set(enrolled.map(({ id }) => id));
    const nearer = await this.drawNearer(held.filter(({ enrolmentId }) => !fresh.has(enrolmentId)));
    await this.refresh(held);
    await this.events.appendAll([
      ...enrolled.map(createdOf),
      ...held.flatMap((one) => assignedOf(one, nearer)),
      ...[...nearer.values()].flatMap(rescheduledOf),
    ]);
    return held.length;
  }

  /** Lets go of whom rules should not hold: of these people or of all, at most `limit`. */
  async release(ruleId: string | null, userIds: readonly string[] | null, limit: number): Promise<number> {
    const held = await this.rules.releasable(ruleId, userIds, limit);
    if (held.length === 0) return 0;
    const released = await this.rules.release(held);
    await this.refresh(released);
    await this.events.appendAll(released.flatMap(releasedOf));
    return released.length;
  }

  /** Brings due dates and reminders of a page of assignments in line with the rule. */
  async redate(rule: Rule, held: readonly HeldAssignment[]): Promise<void> {
    const changes = held.flatMap((one) => {
      if (one.isRenewed) return [];
      const dueAt = dueOf(rule.due, one.joinedAt, one.assignedAt);
      return dueAt?.getTime() === one.dueAt?.getTime() ? [] : [{ held: one, dueAt }];
    });
    if (changes.length > 0) {
      const redated = await this.rules.redate(changes);
      await this.events.appendAll(redated.flatMap(rescheduledOf));
    }
    await this.refresh(held);
  }

  /** What is to be said about these enrolments, and when they begin anew, follows from the rules that hold them. */
  private async refresh(held: readonly HeldAssignment[]): Promise<void> {
    const ids = held.map(({ enrolmentId }) => enrolmentId);
    await this.deadlines.refresh(ids, this.clock.now());
    await this.renewals.refresh(ids);
  }

  /** Each person once a course, with the nearest of the due dates. */
  private async enrol(wanted: readonly NewAssignment[], enrolledAt: Date): Promise<Enrolment[]> {
    const courses = new Map<string, Map<string, Date | null>>();
    for (const { courseId, userId, dueAt } of wanted) {
      const learners = courses.get(courseId) ?? new Map<string, Date | null>();
      const other = learners.get(userId) ?? null;
      learners.set(userId, other === null || (dueAt !== null && dueAt < other) ? dueAt : other);
      courses.set(courseId, learners);
    }
    const enrolled: Enrolment[] = [];
    for (const [courseId, due] of courses) {
      if (!(await this.enrolments.holdOpenCourse(courseId))) continue;
      const learners = [...due].map(([userId, dueAt]) => ({ id: newId(), userId, dueAt }));
      const round = { courseId, learners, source: 'rule' as const, enrolledBy: null, enrolledAt };
      enrolled.push(...(await this.enrolments.enrol(round)));
    }
    return enrolled;
  }

  private async drawNearer(held: readonly HeldAssignment[]): Promise<ReadonlyMap<string, Redated>> {
    const due = new Map(
      held.flatMap(({ enrolmentId, dueAt }) => (dueAt === null ? [] : [[enrolmentId, dueAt]])),
    );
    if (due.size === 0) return new Map();
    const changed = await this.rules.drawNearer(due);
    return new Map(changed.map((one) => [one.enrolmentId, one]));
  }
}

function createdOf(enrolment: Enrolment): Occurrence {
  return occurrence(enrolmentCreated, enrolment.id, {
    ...learnerOf(enrolment),
    version: enrolment.version,
    source: enrolment.source,
    dueAt: enrolment.dueAt?.toISOString() ?? null,
  });
}

function placeOf({ enrolmentId, courseId, userId, progress, courseTitle, ruleId, ruleName }: HeldAssignment) {
  return { enrolmentId, courseId, userId, progress, courseTitle, ruleId, ruleName };
}

/** Who has completed the course already need not be told. */
function assignedOf(held: HeldAssignment, nearer: ReadonlyMap<string, Redated>): Occurrence[] {
  if (held.status === 'completed') return [];
  const dueAt = nearer.get(held.enrolmentId)?.dueAt ?? held.enrolmentDueAt;
  return [
    occurrence(enrolmentAssigned, held.enrolmentId, {
      ...placeOf(held),
      dueAt: dueAt?.toISOString() ?? null,
    }),
  ];
}

function rescheduledOf({ enrolmentId, courseId, userId, progress, dueAt }: Redated): Occurrence[] {
  if (dueAt === null) return [];
  return [
    occurrence(enrolmentRescheduled, enrolmentId, {
      ...{ enrolmentId, courseId, userId, progress },
      dueAt: dueAt.toISOString(),
    }),
  ];
}

function releasedOf(released: Released): Occurrence[] {
  const { enrolmentId, courseId, userId, progress, withdrawn } = released;
  return [
    occurrence(enrolmentReleased, enrolmentId, { ...placeOf(released), withdrawn }),
    ...(withdrawn
      ? [occurrence(enrolmentWithdrawn, enrolmentId, { enrolmentId, courseId, userId, progress })]
      : []),
  ];
}
