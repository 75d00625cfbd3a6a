import { DomainError } from '#libs/kernel';

export class UploadTooLarge extends DomainError {
  constructor(limit: number) {
    super('too_large', 'media.too_large', `A file may have at most ${limit} bytes.`);
  }
}

export class UploadInterrupted extends DomainError {
  constructor(cause: unknown) {
    super('invalid', 'media.upload_interrupted', 'The upload broke off; nothing was stored. Send it again.', {
      cause,
    });
  }
}

export class BytesMissing extends DomainError {
  constructor() {
    super('unavailable', 'media.bytes_missing', 'The file cannot be read at the moment.', {
      retryAfterSeconds: 30,
    });
  }
}
