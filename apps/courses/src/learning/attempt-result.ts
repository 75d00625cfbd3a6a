import type { AttemptResult, QuizLesson } from '#libs/contracts/courses';
import { feedbackOn } from '../quiz/grading.js';
import type { Attempt } from './learning.repository.js';

/** Null = without limit. `granted` comes on top of what the author allows. */
export function attemptsLeft({ attempts }: QuizLesson, used: number, granted: number): number | null {
  return attempts === 0 ? null : Math.max(0, attempts + granted - used);
}

/** What the learner is told about an attempt. The right answers stay hidden as long as they would help a next one. */
export function attemptResultOf(
  quiz: QuizLesson,
  attempt: Attempt,
  { used, granted }: { readonly used: number; readonly granted: number },
): AttemptResult {
  const { number, answers, score, passed, submittedAt } = attempt;
  const left = attemptsLeft(quiz, used, granted);
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
