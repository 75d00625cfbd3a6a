import { DomainError, type Fault } from '#libs/kernel';

export class CourseNotFound extends DomainError {
  constructor() {
    super('not_found', 'course.not_found', 'There is no such course.');
  }
}

export class VersionNotFound extends DomainError {
  constructor() {
    super('not_found', 'course.version_not_found', 'The course has no such version.');
  }
}

export class LessonNotFound extends DomainError {
  constructor() {
    super('not_found', 'lesson.not_found', 'There is no such lesson in this course.');
  }
}

/** Somebody else saved in between. */
export class DraftChanged extends DomainError {
  constructor(revision: number) {
    super('precondition_failed', 'draft.changed', 'The draft was changed since you read it; load it again.', {
      details: { revision },
    });
  }
}

export class DraftInvalid extends DomainError {
  constructor(faults: readonly Fault[]) {
    super('invalid', 'draft.invalid', 'The draft cannot be saved like this.', { faults: inDraft(faults) });
  }
}

export class CourseIncomplete extends DomainError {
  constructor(faults: readonly Fault[]) {
    const count = faults.length === 1 ? 'one thing is' : `${faults.length} things are`;
    super('invalid', 'course.incomplete', `The course cannot be published yet: ${count} missing or wrong.`, {
      faults: inDraft(faults),
    });
  }
}

export class NothingToPublish extends DomainError {
  constructor(version: number) {
    super('conflict', 'course.nothing_to_publish', `The draft says the same as version ${version}.`);
  }
}

export class CourseDeleted extends DomainError {
  constructor() {
    super('conflict', 'course.deleted', 'The course is deleted; restore it first.');
  }
}

export class CourseNotDeleted extends DomainError {
  constructor() {
    super('conflict', 'course.not_deleted', 'The course is not deleted.');
  }
}

export class RestoreExpired extends DomainError {
  constructor() {
    super('conflict', 'course.restore_expired', 'A course can be restored for 30 days after it was deleted.');
  }
}

export class ExternalKeyTaken extends DomainError {
  constructor() {
    super('conflict', 'course.external_key_taken', 'Another import has just created this course; try again.');
  }
}

export class ImportRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super('invalid', 'course.import_refused', 'The file cannot be imported as it is; nothing was changed.', {
      faults,
    });
  }
}

/** Pointers go into the draft as it is read and saved: its content is the member `content`. */
export function inDraft(faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, pointer: `/content${fault.pointer}` }));
}
