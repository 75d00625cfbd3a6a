import { DomainError } from '#libs/kernel';

const told = {
  password_too_short: 'A password has at least 10 characters.',
  password_too_long: 'A password has at most 72 bytes (fewer characters, where they are not plain Latin).',
  password_common: 'This password is too easy to guess. Take one that nobody else would think of.',
} as const;

export class WeakPassword extends DomainError {
  constructor(field: string, code: keyof typeof told) {
    super('invalid', `auth.${code}`, told[code], {
      faults: [{ pointer: `/${field}`, code, detail: told[code] }],
    });
  }
}

export class WrongPassword extends DomainError {
  constructor() {
    super('forbidden', 'auth.wrong_password', 'The current password is not right.', {
      faults: [{ pointer: '/currentPassword', code: 'wrong_password', detail: 'is not right.' }],
    });
  }
}

/** The same for a link that never was, that was used, and that is too old. */
export class LinkInvalid extends DomainError {
  constructor() {
    super('invalid', 'auth.link_invalid', 'This link is not valid any more. Ask for a new one.', {
      faults: [{ pointer: '/token', code: 'link_invalid', detail: 'is not valid any more.' }],
    });
  }
}

export class HashingBusy extends DomainError {
  constructor() {
    super('unavailable', 'auth.busy', 'Very many people are signing in. Try again in a moment.', {
      retryAfterSeconds: 2,
    });
  }
}
