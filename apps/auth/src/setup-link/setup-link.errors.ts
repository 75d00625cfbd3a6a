import { DomainError } from '#libs/kernel';

/** The same for one that never was, that ran out, that was revoked and that was finished. */
export class SetupLinkInvalid extends DomainError {
  constructor() {
    super('invalid', 'setup_link.invalid', 'This link is not valid any more. Ask for a new one.', {
      faults: [{ pointer: '/token', code: 'setup_link_invalid', detail: 'is not valid any more.' }],
    });
  }
}

/** To somebody who holds the link. */
export class SetupLinkTaken extends DomainError {
  constructor() {
    super(
      'forbidden',
      'setup_link.taken',
      'This link is for one browser, and another has opened it. Go on there, or ask for a new link.',
    );
  }
}

/** Whoever can change what people sign in by can be any of them. */
export class SetupLinkNeedsUnused extends DomainError {
  constructor() {
    super(
      'conflict',
      'setup_link.connection_active',
      'People sign in by this connection. Disable it first, or set up another beside it.',
    );
  }
}

export class SetupLinkKind extends DomainError {
  constructor() {
    super('invalid', 'setup_link.other_kind', 'The link is for another kind of connection.', {
      faults: [{ pointer: '/kind', code: 'other_kind', detail: 'is not the kind that the link is for.' }],
    });
  }
}

export class SetupNotBegun extends DomainError {
  constructor() {
    super('conflict', 'setup_link.nothing_saved', 'Save what the provider says of itself first.');
  }
}

export class SetupLinkNotFound extends DomainError {
  constructor() {
    super('not_found', 'setup_link.not_found', 'There is no such open link.');
  }
}

export class SetupNameMissing extends DomainError {
  constructor() {
    super('invalid', 'setup_link.name_missing', 'A new connection needs a name.', {
      faults: [{ pointer: '/name', code: 'name_missing', detail: 'is needed for a new connection.' }],
    });
  }
}

export class TooManySetupLinks extends DomainError {
  constructor(most: number) {
    super('conflict', 'setup_link.too_many', `An academy has at most ${most} open links.`);
  }
}
