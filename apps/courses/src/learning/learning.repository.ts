import type { Lesson, LessonState } from '#libs/contracts/courses';
import type { Enrolment } from '../enrolment/enrolment.js';
import type { Answer } from '../quiz/grading.js';
import type { LessonProgress } from './lesson-progress.js';

/** A learner in a lesson of the version that he is on. */
export interface Place {
  readonly enrolment: Enrolment;
  readonly lesson: Lesson;
  readonly progress: LessonProgress | null;
  readonly course: { readonly title: string; readonly language: string; readonly certificate: boolean };
}

export interface Attempt {
  /** 1, 2, 3 … */
  readonly number: number;
  readonly answers: readonly Answer[];
  readonly score: number;
  readonly passed: boolean;
  readonly submittedAt: Date;
}

/** What a quiz has seen of its learner. */
export interface AttemptHistory {
  readonly used: number;
  /** Given by somebody in charge on top of what the quiz allows. */
  readonly granted: number;
  readonly bestScore: number | null;
  readonly passed: boolean;
  readonly last: Attempt | null;
}

/** A place to learn from: with what a page around the lesson needs. */
export interface OpenPlace {
  readonly enrolmentId: string;
  readonly courseId: string;
  readonly lesson: Lesson;
  readonly state: LessonState;
  readonly positionSeconds: number;
  readonly previousLessonId: string | null;
  readonly nextLessonId: string | null;
  readonly attempts: AttemptHistory;
}

export interface Tally {
  readonly lessonsCompleted: number;
  readonly nextLessonId: string | null;
}

/** Of the enrolment as it last began; the numbers go on from before. */
export interface AttemptCount extends Pick<AttemptHistory, 'used' | 'granted'> {
  readonly lastNumber: number;
}

export abstract class LearningRepository {
  /**
   * Null unless the enrolment is the learner's own and open, and the lesson is in his version.
   * Nobody else changes the enrolment until the unit of work ends.
   */
  abstract hold(enrolmentId: string, userId: string, lessonId: string): Promise<Place | null>;

  /** As `hold`, to look only. */
  abstract open(enrolmentId: string, userId: string, lessonId: string): Promise<OpenPlace | null>;

  abstract saveProgress(enrolmentId: string, progress: LessonProgress): Promise<void>;

  /** Counts over all lessons of the version. */
  abstract tally(enrolment: Enrolment): Promise<Tally>;

  abstract saveEnrolment(enrolment: Enrolment): Promise<void>;

  abstract attemptsCounted(enrolmentId: string, lessonId: string): Promise<AttemptCount>;

  abstract addAttempt(enrolmentId: string, lessonId: string, attempt: Attempt): Promise<void>;
}
