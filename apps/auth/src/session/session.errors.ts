import { DomainError } from '#libs/kernel';

/** The same whatever is wrong: nobody learns which addresses are known here. */
export class InvalidCredentials extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.invalid_credentials', 'The e-mail address or the password is not right.');
  }
}

/** Only after the right password, so it tells nothing to others. */
export class EmailNotVerified extends DomainError {
  constructor() {
    super(
      'forbidden',
      'auth.email_not_verified',
      'Open the link in the mail that we sent you, then sign in.',
    );
  }
}

export class SessionEnded extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.session_ended', 'You are signed out. Sign in again.');
  }
}

export class SessionNotFound extends DomainError {
  constructor() {
    super('not_found', 'session.not_found', 'You have no such session.');
  }
}
