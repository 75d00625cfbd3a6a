import { DomainError } from '#libs/kernel';

export class EnrolmentNotFound extends DomainError {
  constructor() {
    super('not_found', 'enrolment.not_found', 'There is no such enrolment.');
  }
}

export class AlreadyEnrolled extends DomainError {
  constructor(enrolmentId: string | null) {
    super('conflict', 'enrolment.already_enrolled', 'You are enrolled in this course already.', {
      details: { enrolmentId },
    });
  }
}

/** Only what was chosen freely can be left freely. */
export class EnrolmentAssigned extends DomainError {
  constructor() {
    super('conflict', 'enrolment.assigned', 'This course was assigned to you; ask whoever assigned it.');
  }
}

export class EnrolmentCompleted extends DomainError {
  constructor() {
    super('conflict', 'enrolment.completed', 'A completed course cannot be left: the record stays.');
  }
}

export class CsvRefused extends DomainError {
  constructor(line: number, column: number, detail: string) {
    super('invalid', 'csv.invalid', `Line ${line}, column ${column}: ${detail}`, {
      faults: [{ pointer: `/line/${line}/column/${column}`, code: 'csv.invalid', detail }],
      details: { line, column },
    });
  }
}
