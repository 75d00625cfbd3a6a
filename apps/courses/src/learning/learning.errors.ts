import { DomainError, type Fault } from '#libs/kernel';

/** A quiz is completed by passing it. */
export class QuizNeedsAttempt extends DomainError {
  constructor() {
    super('conflict', 'progress.quiz_needs_attempt', 'A quiz is completed by passing it.');
  }
}

export class NotAQuiz extends DomainError {
  constructor() {
    super('conflict', 'quiz.not_a_quiz', 'This lesson is not a quiz.');
  }
}

export class NoAttemptsLeft extends DomainError {
  constructor(limit: number) {
    super(
      'conflict',
      'quiz.no_attempts_left',
      `This quiz may be tried ${limit === 1 ? 'once' : `${limit} times`}.`,
    );
  }
}

export class AnswersInvalid extends DomainError {
  constructor(faults: readonly Fault[]) {
    super('invalid', 'quiz.answers_invalid', 'Some answers do not belong to this quiz.', { faults });
  }
}
