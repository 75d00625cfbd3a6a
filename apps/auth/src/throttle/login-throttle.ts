/** How patient sign-in is with wrong passwords. */
export const patience = {
  /** Failures of one account before it is locked for a while. */
  freeFailures: 5,
  /** The first lock; each further failure doubles it. */
  firstLockSeconds: 30,
  longestLockSeconds: 900,
  /** Failures are forgotten when nobody failed for so long. */
  memorySeconds: 3_600,
  /** Attempts at one account that may be under way at once: what a burst of guesses gains at most. */
  concurrent: 25,
  /** Failures from one address at all accounts of a tenant, in `addressSeconds`. */
  addressFailures: 100,
  addressSeconds: 900,
} as const;

/** How long an account is locked after its `failures`-th failure in a row; 0 means not. */
export function lockSeconds(failures: number): number {
  const over = failures - patience.freeFailures;
  if (over < 0) return 0;
  return Math.min(patience.longestLockSeconds, patience.firstLockSeconds * 2 ** Math.min(over, 20));
}

/** Whose sign-in: a tenant's (or the operators') account by its e-mail address, whether or not anybody has it. */
export interface Attempted {
  readonly realm: string;
  readonly email: string;
  readonly ip: string | null;
}

export interface FailureCount {
  /** Failures of the account in a row, this one included. */
  readonly account: number;
  readonly address: number;
  readonly lockedSeconds: number;
}

/** An attempt that was let through. Exactly one of the three is called when it is over. */
export interface Attempt {
  succeeded(): Promise<void>;
  failed(): Promise<FailureCount>;
  /** It came to no result: counts as neither. */
  abandoned(): Promise<void>;
}

/**
 * Slows guessing down. Counts are kept by e-mail address, known or not, so an answer never tells who is known. It is
 * asked before a password is hashed.
 */
export abstract class LoginThrottle {
  /** @throws TooManyAttempts */
  abstract begin(attempted: Attempted): Promise<Attempt>;

  /** Forgets an account's failures: its owner proved himself otherwise. */
  abstract forgive(attempted: Pick<Attempted, 'realm' | 'email'>): Promise<void>;
}
