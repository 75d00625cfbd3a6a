import { Injectable } from '@nestjs/common';
import type { LessonView } from '#libs/contracts/courses';
import { requireUserId } from '#libs/tenancy';
import { learnerLessonOf } from '../content/learner-lesson.js';
import { LessonNotFound } from '../course/course.errors.js';
import { attemptResultOf, attemptsLeft } from './attempt-result.js';
import { LearningRepository, type OpenPlace } from './learning.repository.js';

@Injectable()
export class OpenLesson {
  constructor(private readonly learning: LearningRepository) {}

  async execute(enrolmentId: string, lessonId: string): Promise<LessonView> {
    const place = await this.learning.open(enrolmentId, requireUserId(), lessonId);
    if (place === null) throw new LessonNotFound();
    const { courseId, lesson, state, positionSeconds, previousLessonId, nextLessonId } = place;
    // The order of a quiz is the learner's own and another one in the next attempt.
    const order = `${enrolmentId}/${lessonId}/${place.attempts.used + 1}`;
    return {
      enrolmentId,
      courseId,
      lesson: learnerLessonOf(lesson, order),
      state,
      positionSeconds,
      previousLessonId,
      nextLessonId,
      quiz: quizOf(place),
    };
  }
}

function quizOf({ lesson, attempts }: OpenPlace): LessonView['quiz'] {
  if (lesson.kind !== 'quiz') return null;
  const { used, granted, bestScore, passed, last } = attempts;
  return {
    attemptsUsed: used,
    attemptsLeft: attemptsLeft(lesson, used, granted),
    bestScore,
    passed,
    last: last === null ? null : attemptResultOf(lesson, last, { used, granted }),
  };
}
