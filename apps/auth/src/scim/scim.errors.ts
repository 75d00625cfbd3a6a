import { DomainError } from '#libs/kernel';

export class ScimTokenInvalid extends DomainError {
  constructor() {
    super(
      'unauthenticated',
      'scim.token_invalid',
      'Send a SCIM token of this academy as "Authorization: Bearer …".',
    );
  }
}

export class ScimNotFound extends DomainError {
  constructor(what: string) {
    super('not_found', 'scim.not_found', `There is no such ${what}.`);
  }
}

export class ScimInvalid extends DomainError {
  constructor(detail: string, scimType = 'invalidValue') {
    super('invalid', `scim.${scimType.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, detail, {
      details: { scimType },
    });
  }
}

export class ScimUniqueness extends DomainError {
  constructor(detail: string) {
    super('conflict', 'scim.uniqueness', detail, { details: { scimType: 'uniqueness' } });
  }
}

export class ScimChanged extends DomainError {
  constructor() {
    super('precondition_failed', 'scim.changed', 'It was changed meanwhile. Read it again.');
  }
}

export class ScimTokenNotFound extends DomainError {
  constructor() {
    super('not_found', 'scim_token.not_found', 'There is no such token.');
  }
}

export class ScimExpiryInPast extends DomainError {
  constructor() {
    super('invalid', 'scim_token.expiry_in_past', 'The token would have expired already.', {
      faults: [{ pointer: '/expiresAt', code: 'in_past', detail: 'lies in the past.' }],
    });
  }
}

/** A safety net, not a plan limit. */
export class TooManyScimTokens extends DomainError {
  constructor(most: number) {
    super(
      'conflict',
      'scim_token.too_many',
      `An academy has at most ${most} tokens that are good. Revoke some first.`,
    );
  }
}
