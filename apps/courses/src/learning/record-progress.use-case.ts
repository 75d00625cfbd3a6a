import { Injectable } from '@nestjs/common';
import type { LessonProgressInput, LessonProgressResult } from '#libs/contracts/courses';
import { Clock } from '#libs/kernel';
import { requireUserId, UnitOfWork } from '#libs/tenancy';
import { LessonNotFound } from '../course/course.errors.js';
import { courseProgressOf } from '../enrolment/enrolment.js';
import { AdvanceLearner } from './advance-learner.js';
import { QuizNeedsAttempt } from './learning.errors.js';
import { LearningRepository } from './learning.repository.js';
import { advanced } from './lesson-progress.js';

@Injectable()
export class RecordProgress {
  constructor(
    private readonly learning: LearningRepository,
    private readonly advanceLearner: AdvanceLearner,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(
    enrolmentId: string,
    lessonId: string,
    input: LessonProgressInput,
  ): Promise<LessonProgressResult> {
    const userId = requireUserId();
    return this.unitOfWork.run(async () => {
      const place = await this.learning.hold(enrolmentId, userId, lessonId);
      if (place === null) throw new LessonNotFound();
      const isPassed = place.progress?.state === 'completed';
      if (place.lesson.kind === 'quiz' && input.state === 'completed' && !isPassed) {
        throw new QuizNeedsAttempt();
      }
      const change = advanced(place.progress, lessonId, input, this.clock.now());
      const enrolment = await this.advanceLearner.execute(place, change);
      const { state, positionSeconds } = change.next;
      return { lessonId, state, positionSeconds, course: courseProgressOf(enrolment) };
    });
  }
}
