import { DomainError } from '#libs/kernel';

/** The same for a locked account, for one that does not exist, and for an address that failed too often. */
export class TooManyAttempts extends DomainError {
  constructor(retryAfterSeconds: number) {
    super('rate_limited', 'auth.locked', 'Too many attempts. Wait a while, or set a new password by mail.', {
      retryAfterSeconds: Math.max(1, Math.ceil(retryAfterSeconds)),
    });
  }
}

export class TooManyRequests extends DomainError {
  constructor(retryAfterSeconds: number) {
    super('rate_limited', 'auth.too_many_requests', 'Too many requests of this kind. Try again later.', {
      retryAfterSeconds,
    });
  }
}
