import { DomainError } from '#libs/kernel';

/** The same whatever is wrong: nobody learns who is in the directory. */
export class LdapCredentialsWrong extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.invalid_credentials', 'The name or the password is not right.');
  }
}

/** Only after the right password, so it tells nothing to others. */
export class LdapAccountHeld extends DomainError {
  constructor() {
    super(
      'forbidden',
      'auth.directory_account_held',
      'Your account is not in use at your organisation. Ask its help desk.',
    );
  }
}

/** Only after the right password, too. */
export class LdapPasswordChange extends DomainError {
  constructor() {
    super(
      'forbidden',
      'auth.directory_password_change',
      'Your password has to be changed first, where you sign in to your computer. Then sign in here.',
    );
  }
}

export class LdapUnavailable extends DomainError {
  constructor() {
    super(
      'unavailable',
      'auth.directory_unavailable',
      'The directory of your organisation does not answer now. Try again in a while.',
    );
  }
}

/** It was begun too long ago, in another browser, or never. */
export class LdapFlowUnknown extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.sso_refused', 'This sign-in did not work. Begin again.');
  }
}
