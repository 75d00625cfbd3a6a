import { DomainError } from '#libs/kernel';

export class ArchiveUnreadable extends DomainError {
  constructor(cause?: unknown) {
    super('invalid', 'onboarding.archive_unreadable', 'The file is not a ZIP archive, or it is damaged.', {
      cause,
    });
  }
}

export class ArchiveTooLarge extends DomainError {
  constructor(what: string) {
    super('too_large', 'onboarding.archive_too_large', `The archive is too large: ${what}.`);
  }
}

/** Names a file that would lead out of the folder, that is a link, or that needs a password. */
export class ArchiveUnsafe extends DomainError {
  constructor(entry: string, why: string) {
    super('invalid', 'onboarding.archive_unsafe', `"${entry.slice(0, 200)}" ${why}. Nothing was changed.`);
  }
}
