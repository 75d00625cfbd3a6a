import { sha256 } from '#libs/crypto';
import type { Clock } from '#libs/kernel';
import { AttemptCounts } from './attempt-counts.js';
import { LoginThrottle, type Attempt, type Attempted } from './login-throttle.js';
import { TooManyAttempts } from './throttle.errors.js';

/** Counts in one process alone. */
export class MemoryLoginThrottle extends LoginThrottle {
  private readonly counts = new AttemptCounts();

  constructor(private readonly clock: Clock) {
    super();
  }

  async begin(attempted: Attempted): Promise<Attempt> {
    const { account, address } = throttleKeys(attempted);
    const wait = this.counts.begin(account, address, this.now());
    if (wait > 0) throw new TooManyAttempts(wait);
    return {
      succeeded: async () => {
        this.counts.succeed(account);
      },
      failed: async () => this.counts.fail(account, address, this.now()),
      abandoned: async () => {
        this.counts.abandon(account);
      },
    };
  }

  async forgive({ realm, email }: Pick<Attempted, 'realm' | 'email'>): Promise<void> {
    this.counts.forgive(throttleKeys({ realm, email, ip: null }).account);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

/** Keys that hold no e-mail address. */
export function throttleKeys({ realm, email, ip }: Attempted): { account: string; address: string } {
  const digest = (...parts: readonly string[]) =>
    sha256(JSON.stringify(parts)).subarray(0, 18).toString('base64url');
  return {
    account: `auth:attempts:account:${digest(realm, email)}`,
    address: `auth:attempts:address:${digest(realm, ip ?? 'unknown')}`,
  };
}
