import { DomainError } from '#libs/kernel';

export class ConnectionNotFound extends DomainError {
  constructor() {
    super('not_found', 'connection.not_found', 'There is no such connection in this academy.');
  }
}

export class ConnectionExists extends DomainError {
  constructor() {
    super('conflict', 'connection.already_exists', 'There is a connection of this id already.');
  }
}

export class ConnectionChanged extends DomainError {
  constructor() {
    super(
      'precondition_failed',
      'connection.changed',
      'Somebody changed this connection meanwhile. Read it again.',
    );
  }
}

export class ConnectionKindMismatch extends DomainError {
  constructor() {
    super('invalid', 'connection.kind_mismatch', 'These settings are of another kind of connection.');
  }
}

export class ConnectionNotTested extends DomainError {
  constructor() {
    super(
      'conflict',
      'connection.not_tested',
      'Run the test first. The settings changed since the last one, or there was none that went well.',
    );
  }
}

export class TooManyConnections extends DomainError {
  constructor(most: number) {
    super('conflict', 'connection.too_many', `An academy has at most ${most} connections.`);
  }
}

/** What stands in the settings does not do. `pointer` says where. */
export class ProviderSettingsInvalid extends DomainError {
  constructor(code: string, pointer: string, detail: string) {
    super('invalid', `connection.${code}`, detail, { faults: [{ pointer, code, detail }] });
  }
}

/** All that was known of the provider stays. */
export class MetadataUnreadable extends DomainError {
  constructor(detail: string) {
    super('invalid', 'connection.metadata_unreadable', detail);
  }
}

export class TooManyLooks extends DomainError {
  constructor() {
    super(
      'rate_limited',
      'connection.too_many_looks',
      'The metadata were read a moment ago. Wait a minute.',
      {
        retryAfterSeconds: 60,
      },
    );
  }
}

/** Between the first step of a sign-in and its last. */
export class ConnectionClosed extends DomainError {
  constructor() {
    super('unauthenticated', 'auth.sso_refused', 'This sign-in did not work. Begin again.');
  }
}

export class EnforcementNeedsTest extends DomainError {
  constructor() {
    super(
      'conflict',
      'sign_in_enforcement.not_tested',
      'Test a connection that is enabled yourself first: whoever closes the door has come in by it.',
    );
  }
}

export class EnforcementNeedsOwner extends DomainError {
  constructor() {
    super(
      'conflict',
      'sign_in_enforcement.no_break_glass',
      'Name at least one active owner with a password who may still sign in without the provider.',
      {
        faults: [
          {
            pointer: '/breakGlassUserIds',
            code: 'no_break_glass',
            detail: 'names no active owner with a password.',
          },
        ],
      },
    );
  }
}

/** After the right password only, so it tells nothing to others. */
export class SsoRequired extends DomainError {
  constructor() {
    super(
      'forbidden',
      'auth.sso_required',
      'This academy lets people sign in with their company account only.',
    );
  }
}
