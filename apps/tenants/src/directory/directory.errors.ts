import { DomainError } from '#libs/kernel';

export class DirectoryUnavailable extends DomainError {
  constructor(cause: unknown) {
    super('unavailable', 'directory.unavailable', 'The directory cannot be reached right now.', {
      retryAfterSeconds: 2,
      cause,
    });
  }
}

class VersionMismatch extends DomainError {
  constructor() {
    super(
      'precondition_failed',
      'request.version_mismatch',
      'It was changed since you read it. Read it again and repeat your change.',
    );
  }
}

/** Compares If-Match with the version that is there. @throws VersionMismatch */
export function requireVersion(ifMatch: string, version: number): void {
  if (ifMatch !== String(version)) throw new VersionMismatch();
}
