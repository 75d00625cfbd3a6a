import { DomainError } from '#libs/kernel';

export class UploadNotFound extends DomainError {
  constructor() {
    super('not_found', 'upload.not_found', 'There is no such upload (any more); begin it anew.');
  }
}

export class UploadHeaderInvalid extends DomainError {
  constructor(header: string, detail: string) {
    super('invalid', 'upload.header_invalid', `${header}: ${detail}`, {
      faults: [{ pointer: `header/${header}`, code: 'header_invalid', detail }],
    });
  }
}

/** The sender is not where the upload is: it asks anew where to go on. */
export class OffsetMismatch extends DomainError {
  constructor(received: number) {
    super('conflict', 'upload.offset_mismatch', `The upload goes on at byte ${received}.`, {
      details: { received },
    });
  }
}

export class TooManyUploads extends DomainError {
  constructor() {
    super(
      'rate_limited',
      'upload.too_many',
      'Too many uploads have begun and not ended; end or abort some.',
      {
        retryAfterSeconds: 60,
      },
    );
  }
}

export class TooManyParts extends DomainError {
  constructor() {
    super('invalid', 'upload.too_many_parts', 'The parts of this upload are too small; send larger ones.');
  }
}
