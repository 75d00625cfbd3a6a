import { DomainError } from '#libs/kernel';

export class DuplicateRows extends DomainError {
  constructor(emails: readonly string[]) {
    super(
      'invalid',
      'user_import.duplicate_email',
      `The same address stands in several rows: ${emails.join(', ')}.`,
    );
  }
}
