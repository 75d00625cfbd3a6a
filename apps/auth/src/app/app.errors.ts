import { DomainError } from '#libs/kernel';

export class AppNotFound extends DomainError {
  constructor() {
    super('not_found', 'app.not_found', 'There is no such app in this academy.');
  }
}

export class AppChanged extends DomainError {
  constructor() {
    super('precondition_failed', 'app.changed', 'Somebody changed this app meanwhile. Read it again.');
  }
}

export class TooManyApps extends DomainError {
  constructor(most: number) {
    super('conflict', 'app.too_many', `An academy has at most ${most} apps.`);
  }
}

export class AppHasNoSecret extends DomainError {
  constructor() {
    super(
      'conflict',
      'app.has_no_secret',
      'This app has no secret: it could not keep one, or proves itself by its own key.',
    );
  }
}

/** What stands in the settings does not go together. */
export class AppSettingsInvalid extends DomainError {
  constructor(pointer: string, detail: string) {
    super('invalid', 'app.settings_invalid', detail, {
      faults: [{ pointer, code: 'settings_invalid', detail }],
    });
  }
}
