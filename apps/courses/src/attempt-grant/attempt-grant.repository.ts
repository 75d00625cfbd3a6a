/** A quiz of the version that a learner is on. */
export interface QuizStanding {
  readonly lessonId: string;
  readonly title: string;
  /** As the author allows; 0 = without limit. */
  readonly allowed: number;
  readonly used: number;
  readonly granted: number;
  readonly bestScore: number | null;
  readonly passed: boolean;
}

export interface AttemptGrant {
  readonly id: string;
  readonly enrolmentId: string;
  readonly lessonId: string;
  readonly attempts: number;
  readonly reason: string;
  readonly grantedBy: string | null;
  readonly grantedAt: Date;
}

export abstract class AttemptGrants {
  /** The quizzes of an enrolment, in the order of the course. */
  abstract quizzes(enrolmentId: string): Promise<QuizStanding[]>;

  abstract add(grant: AttemptGrant): Promise<void>;
}
