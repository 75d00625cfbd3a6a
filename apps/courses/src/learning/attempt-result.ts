import type { AttemptResult, QuizLesson } from '#libs/contracts/courses';
import { feedbackOn } from '../quiz/grading.js';
import type { Attempt } from './learning.repository.js';

/** Null = without limit. */
export function attemptsLeft({ attempts }: QuizLesson, used: number): number | null {
  return attempts === 0 ? null : Math.max(0, attempts - used);
}

/** What the learner is told about an attempt. The right answers stay hidden as long as they would help a next one. */
export function attemptResultOf(quiz: QuizLesson, attempt: Attempt, used: number): AttemptResult {
  const { number, answers, score, passed, submittedAt } = attempt;
  const left = attemptsLeft(quiz, used);
  return {
    attempt: number,
    score,
    passed,
    passMark: quiz.passMark,
    attemptsLeft: left,
    feedback: feedbackOn(quiz, answers, passed || left === 0),
    submittedAt: submittedAt.toISOString(),
  };
}
