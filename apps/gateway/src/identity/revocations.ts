import { readRulesChangedMark, REVOKED_SESSIONS, REVOKED_SESSIONS_KEPT } from '#libs/contracts/auth';
import { BoundedMap } from '../bounded-map.js';
import { within } from '../patience.js';

/** The one question that is put to Redis: the members of a sorted set from a score on. */
export interface RevocationStore {
  zrangebyscore(key: string, min: number, max: '+inf'): Promise<string[]>;
}

export interface RevocationsOptions {
  readonly store: RevocationStore;
  readonly storeFailed?: (error: unknown) => void;
  readonly now?: () => number;
}

const PATIENCE = 200;
const REMEMBERED = 200_000;
/** What others wrote under clocks that differ, or in the moment of the last look, is looked at again. */
const OVERLAP = 60_000;

/**
 * Which sessions have ended before their tokens expire: by what is announced, and by looking every two seconds at what
 * ended since. The looking costs the same however many are signed in. While Redis is away the tokens' short life is the
 * bound; refusing everybody would make an outage of it.
 */
export class Revocations {
  private readonly ended = new BoundedMap<string, true>(REMEMBERED);
  /** The second of the last change of the rules of sessions, by tenant. */
  private readonly changedAt = new BoundedMap<string, number>(REMEMBERED);
  private readonly now: () => number;
  private seenUntil: number | null = null;
  private looking: Promise<void> | null = null;

  constructor(private readonly options: RevocationsOptions) {
    this.now = options.now ?? Date.now;
  }

  /** An end that was announced; also meets a token that is being verified at this moment. */
  hear(member: string): void {
    const mark = readRulesChangedMark(member);
    if (mark === null) this.ended.set(member, true);
    else this.changedAt.set(mark.tenantId, Math.max(mark.second, this.changedAt.get(mark.tenantId) ?? 0));
  }

  async isRevoked(sessionId: string): Promise<boolean> {
    if (this.seenUntil === null) await this.look();
    return this.ended.get(sessionId) === true;
  }

  /** Whether the rules of the tenant's sessions have changed since a token was given out. `isRevoked` looks first. */
  isOutdated(tenantId: string, issuedSecond: number): boolean {
    return issuedSecond < (this.changedAt.get(tenantId) ?? 0);
  }

  /** Reads what has ended since the last look. Never rejects. */
  async look(): Promise<void> {
    this.looking ??= this.read().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async read(): Promise<void> {
    const { store, storeFailed } = this.options;
    const now = this.now();
    const from = this.seenUntil === null ? now - REVOKED_SESSIONS_KEPT * 1000 : this.seenUntil - OVERLAP;
    try {
      const sessionIds = await within(PATIENCE, store.zrangebyscore(REVOKED_SESSIONS, from, '+inf'));
      for (const sessionId of sessionIds) this.hear(sessionId);
      this.seenUntil = now;
    } catch (error) {
      storeFailed?.(error);
    }
  }
}
