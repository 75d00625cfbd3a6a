import { Injectable } from '@nestjs/common';
import {
  quizAttempted,
  type AttemptInput,
  type AttemptOutcome,
  type QuizLesson,
} from '#libs/contracts/courses';
import { occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { requireUserId, UnitOfWork } from '#libs/tenancy';
import { LessonNotFound } from '../course/course.errors.js';
import { courseProgressOf, learnerOf } from '../enrolment/enrolment.js';
import { grade, strayAnswers } from '../quiz/grading.js';
import { AdvanceLearner } from './advance-learner.js';
import { attemptResultOf, attemptsLeft } from './attempt-result.js';
import { AnswersInvalid, NoAttemptsLeft, NotAQuiz } from './learning.errors.js';
import { LearningRepository, type Attempt } from './learning.repository.js';
import { advanced } from './lesson-progress.js';

@Injectable()
export class SubmitAttempt {
  constructor(
    private readonly learning: LearningRepository,
    private readonly advanceLearner: AdvanceLearner,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Grades and counts under the enrolment's lock, so that no two submissions share an attempt. */
  async execute(enrolmentId: string, lessonId: string, { answers }: AttemptInput): Promise<AttemptOutcome> {
    const userId = requireUserId();
    return this.unitOfWork.run(async () => {
      const place = await this.learning.hold(enrolmentId, userId, lessonId);
      if (place === null) throw new LessonNotFound();
      if (place.lesson.kind !== 'quiz') throw new NotAQuiz();
      const quiz: QuizLesson = place.lesson;
      const faults = strayAnswers(quiz, answers);
      if (faults.length > 0) throw new AnswersInvalid(faults);
      const { used, granted, lastNumber } = await this.learning.attemptsCounted(enrolmentId, lessonId);
      if (attemptsLeft(quiz, used, granted) === 0) throw new NoAttemptsLeft(quiz.attempts + granted);

      const now = this.clock.now();
      const attempt: Attempt = { number: lastNumber + 1, answers, ...grade(quiz, answers), submittedAt: now };
      await this.learning.addAttempt(enrolmentId, lessonId, attempt);
      const state = attempt.passed ? 'completed' : 'started';
      const change = advanced(place.progress, lessonId, { state, rewind: false }, now);
      const { number, score, passed } = attempt;
      const enrolment = await this.advanceLearner.execute(place, change, (after) =>
        occurrence(quizAttempted, enrolmentId, {
          ...learnerOf(after),
          ...{ lessonId, attempt: number, score, passed },
        }),
      );
      return {
        ...attemptResultOf(quiz, attempt, { used: used + 1, granted }),
        course: courseProgressOf(enrolment),
      };
    });
  }
}
