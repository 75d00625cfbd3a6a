import { lockSeconds, patience, type FailureCount } from './login-throttle.js';

interface Account {
  failures: number;
  underWay: number;
  lockedUntil: number;
  forgetAt: number;
}

const CAPACITY = 20_000;

/**
 * The counts behind a throttle, in the memory of one process: what the throttle falls back on without Redis. The
 * scripts of the Redis adapter do the same, step by step.
 */
export class AttemptCounts {
  private readonly accounts = new Map<string, Account>();
  private readonly addresses = new Map<string, { failures: number; resetAt: number }>();

  /** Seconds to wait; 0 when the attempt may go on, which is then counted as under way. */
  begin(account: string, address: string, now: number): number {
    const place = this.addressOf(address, now);
    if (place.failures >= patience.addressFailures) return (place.resetAt - now) / 1000;
    const entry = this.accountOf(account, now);
    if (entry.lockedUntil > now) return (entry.lockedUntil - now) / 1000;
    if (entry.underWay >= patience.concurrent) return 1;
    entry.underWay += 1;
    return 0;
  }

  succeed(account: string): void {
    const entry = this.accounts.get(account);
    if (entry === undefined) return;
    Object.assign(entry, { failures: 0, lockedUntil: 0, underWay: Math.max(0, entry.underWay - 1) });
  }

  abandon(account: string): void {
    const entry = this.accounts.get(account);
    if (entry !== undefined) entry.underWay = Math.max(0, entry.underWay - 1);
  }

  fail(account: string, address: string, now: number): FailureCount {
    const entry = this.accountOf(account, now);
    entry.failures += 1;
    entry.underWay = Math.max(0, entry.underWay - 1);
    entry.forgetAt = now + patience.memorySeconds * 1000;
    const lockedSeconds = lockSeconds(entry.failures);
    entry.lockedUntil = lockedSeconds === 0 ? 0 : now + lockedSeconds * 1000;
    const place = this.addressOf(address, now);
    place.failures += 1;
    return { account: entry.failures, address: place.failures, lockedSeconds };
  }

  forgive(account: string): void {
    this.accounts.delete(account);
  }

  private accountOf(key: string, now: number): Account {
    const known = this.accounts.get(key);
    if (known !== undefined && known.forgetAt > now) return known;
    const fresh = { failures: 0, underWay: 0, lockedUntil: 0, forgetAt: now + patience.memorySeconds * 1000 };
    keep(this.accounts, key, fresh);
    return fresh;
  }

  private addressOf(key: string, now: number): { failures: number; resetAt: number } {
    const known = this.addresses.get(key);
    if (known !== undefined && known.resetAt > now) return known;
    const fresh = { failures: 0, resetAt: now + patience.addressSeconds * 1000 };
    keep(this.addresses, key, fresh);
    return fresh;
  }
}

function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= CAPACITY) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
