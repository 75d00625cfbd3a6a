import { Injectable } from '@nestjs/common';
import {
  enrolmentAssigned,
  enrolmentCreated,
  enrolmentRescheduled,
  type EnrolmentOutcome,
  type EnrolmentSource,
} from '#libs/contracts/courses';
import { EventLog, occurrence } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { CourseNotFound } from '../course/course.errors.js';
import { userIdOf } from '../course/user-id.js';
import { Deadlines } from '../reminder/deadline.repository.js';
import { learnerOf, type Enrolment } from './enrolment.js';
import { EnrolmentRepository } from './enrolment.repository.js';

export interface WantedEnrolment {
  readonly userId: string;
  readonly dueAt: Date | null;
}

export interface EnrolledPerson {
  readonly outcome: Extract<EnrolmentOutcome, 'enrolled' | 're_enrolled' | 'already_enrolled'>;
  readonly enrolment: Enrolment;
}

/** A few hundred at a time: an enrolment's event takes the tenant's turn in the log, and others wait for it. */
export const ROUND = 500;

/** What all the ways into a course have in common. */
@Injectable()
export class EnrolPeople {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly deadlines: Deadlines,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** One unit of work, one outcome a person. @throws CourseNotFound unless the course is published */
  async execute(
    courseId: string,
    wanted: readonly WantedEnrolment[],
    source: EnrolmentSource,
  ): Promise<ReadonlyMap<string, EnrolledPerson>> {
    // Each once, and in one order for everybody: so that two who enrol the same people do not wait for each other.
    const learners = [...new Map(wanted.map(({ userId, dueAt }) => [userId, dueAt]))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([userId, dueAt]) => ({ id: newId(), userId, dueAt }));
    return this.unitOfWork.run(async () => {
      if (!(await this.enrolments.holdOpenCourse(courseId))) throw new CourseNotFound();
      const enrolledBy = userIdOf(currentActor());
      const round = { courseId, learners, source, enrolledBy, enrolledAt: this.clock.now() };
      const changed = await this.enrolments.enrol(round);
      const ids = new Set(learners.map(({ id }) => id));
      const outcomes = new Map<string, EnrolledPerson>(
        changed.map((enrolment) => [
          enrolment.userId,
          { outcome: ids.has(enrolment.id) ? 'enrolled' : 're_enrolled', enrolment },
        ]),
      );
      await this.record(courseId, changed, source);
      const others = learners.filter(({ userId }) => !outcomes.has(userId));
      for (const enrolment of await this.already(courseId, others)) {
        outcomes.set(enrolment.userId, { outcome: 'already_enrolled', enrolment });
      }
      return outcomes;
    });
  }

  private async record(
    courseId: string,
    enrolments: readonly Enrolment[],
    source: EnrolmentSource,
  ): Promise<void> {
    if (enrolments.length === 0) return;
    await this.remind(enrolments);
    // Who comes by an onboarding has not been told to do anything yet.
    const isAssigned = source === 'assigned' || source === 'csv';
    const courseTitle = isAssigned ? await this.enrolments.titleOf(courseId) : '';
    await this.events.appendAll(
      enrolments.flatMap((enrolment) => {
        const learner = learnerOf(enrolment);
        const dueAt = enrolment.dueAt?.toISOString() ?? null;
        const { version, source: by } = enrolment;
        const created = occurrence(enrolmentCreated, enrolment.id, {
          ...learner,
          version,
          source: by,
          dueAt,
        });
        if (!isAssigned) return [created];
        const assigned = { ...learner, courseTitle, ruleId: null, ruleName: null, dueAt };
        return [created, occurrence(enrolmentAssigned, enrolment.id, assigned)];
      }),
    );
  }

  private async remind(enrolments: readonly Enrolment[]): Promise<void> {
    const due = enrolments.filter(({ dueAt }) => dueAt !== null).map(({ id }) => id);
    if (due.length > 0) await this.deadlines.refresh(due, this.clock.now());
  }

  private async already(courseId: string, others: readonly WantedEnrolment[]): Promise<Enrolment[]> {
    if (others.length === 0) return [];
    const due = new Map(others.flatMap(({ userId, dueAt }) => (dueAt === null ? [] : [[userId, dueAt]])));
    if (due.size > 0) {
      const rescheduled = await this.enrolments.reschedule(courseId, due);
      await this.remind(rescheduled);
      await this.events.appendAll(
        rescheduled.flatMap((enrolment) =>
          enrolment.dueAt === null
            ? []
            : occurrence(enrolmentRescheduled, enrolment.id, {
                ...learnerOf(enrolment),
                dueAt: enrolment.dueAt.toISOString(),
              }),
        ),
      );
    }
    return this.enrolments.ofLearners(
      courseId,
      others.map(({ userId }) => userId),
    );
  }
}
