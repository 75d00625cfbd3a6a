import type { EnrolmentSource } from '#libs/contracts/courses';
import type { Enrolment } from './enrolment.js';

export interface NewEnrolment {
  readonly id: string;
  readonly userId: string;
  readonly dueAt: Date | null;
}

export interface EnrolmentRound {
  readonly courseId: string;
  /** Each learner once. */
  readonly learners: readonly NewEnrolment[];
  readonly source: EnrolmentSource;
  readonly enrolledBy: string | null;
  readonly enrolledAt: Date;
}

export abstract class EnrolmentRepository {
  /** Whether learners may come in: published and not deleted. It stays so until the unit of work ends. */
  abstract holdOpenCourse(courseId: string): Promise<boolean>;

  /** As learners see it. */
  abstract titleOf(courseId: string): Promise<string>;

  /** Courses by the key that they had in their onboarding bundle. */
  abstract courseIdsByKey(externalKeys: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /**
   * Enrols whoever is not enrolled, on the newest version, and takes back whoever had withdrawn, with the progress
   * made before. Answers those; the rest is as it was. Who is back keeps the id of before.
   */
  abstract enrol(round: EnrolmentRound): Promise<Enrolment[]>;

  /** By learner; withdrawn ones are left out. */
  abstract ofLearners(courseId: string, userIds: readonly string[]): Promise<Enrolment[]>;

  /** Due dates for those who have not completed the course. Answers the ones that it changed. */
  abstract reschedule(courseId: string, due: ReadonlyMap<string, Date>): Promise<Enrolment[]>;

  /** Nobody else changes it until the unit of work ends. */
  abstract lock(enrolmentId: string): Promise<Enrolment | null>;

  abstract withdraw(enrolmentId: string): Promise<void>;
}
