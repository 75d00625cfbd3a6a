import { sqlState } from '#libs/database';
import { DomainError } from '#libs/kernel';

/** Raised by app.enter_tenant when the epoch is not the one that the shard knows. */
export const STALE_EPOCH = 'TN001';

const LOST_MESSAGES = [
  'Connection terminated',
  'timeout expired',
  'Client was closed',
  'Client has encountered a connection error',
  'Query read timeout',
];
const LOST_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENOENT',
]);

/** Whether the connection that gave this error is of no more use. */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return /^(08|57P|25P03|53300|3D000|28)/.test(state);
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && LOST_CODES.has(code)) return true;
  return typeof message === 'string' && LOST_MESSAGES.some((lost) => message.startsWith(lost));
}

/** An error of the driver in the terms of callers; what a statement itself did wrong passes as it is. */
export function asDomainError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (isConnectionLost(error)) {
    return new DomainError('unavailable', 'database.unavailable', 'The database cannot be reached.', {
      retryAfterSeconds: 2,
      cause: error,
    });
  }
  switch (sqlState(error)) {
    case '57014':
      return new DomainError('timeout', 'database.timeout', 'The database took too long.', { cause: error });
    case '55P03':
    case '40001':
    case '40P01':
    case '53200':
    case '53400':
      return new DomainError('unavailable', 'database.busy', 'Others are changing the same data.', {
        retryAfterSeconds: 1,
        cause: error,
      });
    case '53100':
      return new DomainError('insufficient_storage', 'database.full', 'The database is full.', {
        cause: error,
      });
    default:
      return error;
  }
}
