/** What went wrong, in the terms of the caller. The HTTP status follows from it in libs/service and nowhere else. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'precondition_required'
  | 'too_large'
  | 'unsupported'
  | 'rate_limited'
  | 'insufficient_storage'
  | 'unavailable'
  | 'timeout';

/** One fault of an input. `pointer` is an RFC 6901 pointer into the body, or `query/x`, `params/x`. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface DomainErrorOptions {
  readonly faults?: readonly Fault[];
  /** Seconds after which the caller may try again. */
  readonly retryAfterSeconds?: number;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A failure that a caller can act on. `code` is stable and dotted: `enrolment.already_enrolled`. */
export class DomainError extends Error {
  readonly faults: readonly Fault[];
  readonly retryAfterSeconds: number | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.faults = options.faults ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.details = options.details;
  }
}
