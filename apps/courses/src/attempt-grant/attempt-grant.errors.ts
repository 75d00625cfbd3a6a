import { DomainError } from '#libs/kernel';

/** There is nothing to give where nothing is held back. */
export class AttemptsUnlimited extends DomainError {
  constructor() {
    super('conflict', 'attempts.unlimited', 'This quiz may be tried as often as one likes.');
  }
}

export class QuizPassed extends DomainError {
  constructor() {
    super('conflict', 'attempts.passed', 'The learner has passed this quiz already.');
  }
}
