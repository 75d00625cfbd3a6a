import type { AttemptCheck } from '#libs/contracts/auth';

/**
 * Why a sign-in by a connection was refused. `reason` is a stable code for the people who set the connection up; whoever
 * tries to sign in learns only that it did not work.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly reason: string,
    /** What was expected and what came, where that helps. */
    readonly found: Partial<Omit<AttemptCheck, 'check' | 'ok'>> = {},
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

/** A test ended before the browser got to the provider. What was found wrong stands in the attempt. */
export class TestFailed extends Refusal {
  constructor(
    readonly attemptId: string,
    readonly isByLink: boolean,
  ) {
    super('test_failed');
  }
}
