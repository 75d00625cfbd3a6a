import { mediaTypes } from '#libs/contracts/media';
import { DomainError } from '#libs/kernel';

export class MediaNotFound extends DomainError {
  constructor() {
    super('not_found', 'media.not_found', 'There is no such file.');
  }
}

export class MediaTypeNotAllowed extends DomainError {
  constructor() {
    super('unsupported', 'media.type_not_allowed', 'The file is of no kind that can be stored here.', {
      details: { allowed: [...mediaTypes] },
    });
  }
}

export class EmptyFile extends DomainError {
  constructor() {
    super('invalid', 'media.empty', 'The file is empty.');
  }
}

/** The bytes are of a kind that is taken, but what is in them would harm whoever opens them. */
export class MediaNotSafe extends DomainError {
  constructor({ code, detail }: { readonly code: string; readonly detail: string }) {
    super('unsupported', code, detail);
  }
}
