import { BoundedMap } from '../bounded-map.js';
import type { BudgetStore } from './budget-store.js';

/** Whether a request may pass, and what its sender is told about the budget. */
export interface Verdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends and the budget is whole again. */
  readonly resetSeconds: number;
}

export interface WindowLimiterOptions {
  readonly store: BudgetStore;
  readonly now?: () => number;
  /** How many replicas there are: what one may grant alone while the store is away is its share. */
  readonly replicas?: number;
  /** Hears of the first failure of the store after each success. */
  readonly storeFailed?: (error: unknown) => void;
}

/** What this replica holds of one budget in one window. */
interface Share {
  readonly window: number;
  readonly endsAt: number;
  tokens: number;
  /** What the store had left for everybody when it was last asked. */
  left: number;
  spent: number;
  waiting: number;
  refill: Promise<void> | null;
}

const WINDOW = 60_000;
const KEPT_SHARES = 50_000;
const LARGEST_CHUNK = 100;
/** After a failure the store is left alone for so long. */
const RECOVERY = 1_000;

/**
 * Requests per minute, shared by all replicas: each draws tokens in chunks from the store and spends them from memory, so
 * that most requests cost no round trip. With the store away each replica grants its share of the limit by itself.
 */
export class WindowLimiter {
  private readonly shares = new BoundedMap<string, Share>(KEPT_SHARES);
  private readonly store: BudgetStore;
  private readonly now: () => number;
  private readonly replicas: number;
  private readonly storeFailed: (error: unknown) => void;
  private storeAwayUntil = 0;

  constructor({ store, now = Date.now, replicas = 1, storeFailed = () => undefined }: WindowLimiterOptions) {
    this.store = store;
    this.now = now;
    this.replicas = replicas;
    this.storeFailed = storeFailed;
  }

  /** The answer from memory, or null when the store must be asked first: then `take`. */
  takeNow(key: string, limit: number): Verdict | null {
    const now = this.now();
    const share = this.shareOf(key, now);
    if (share.tokens > 0) {
      share.tokens -= 1;
      share.spent += 1;
      const chunk = chunkOf(limit);
      if (share.tokens < chunk / 4 && share.left > 0) void this.refill(key, limit, share);
      return verdict(true, limit, share, now);
    }
    return share.left > 0 ? null : verdict(false, limit, share, now);
  }

  async take(key: string, limit: number): Promise<Verdict> {
    let answer = this.takeNow(key, limit);
    while (answer === null) {
      const share = this.shareOf(key, this.now());
      share.waiting += 1;
      await this.refill(key, limit, share);
      share.waiting -= 1;
      answer = this.takeNow(key, limit);
    }
    return answer;
  }

  private shareOf(key: string, now: number): Share {
    // Windows of different keys end at different times: not everybody comes back in the same second.
    const offset = offsetOf(key);
    const window = Math.floor((now + offset) / WINDOW);
    const known = this.shares.get(key);
    if (known?.window === window) return known;
    const endsAt = (window + 1) * WINDOW - offset;
    const share: Share = { window, endsAt, tokens: 0, left: Infinity, spent: 0, waiting: 0, refill: null };
    this.shares.set(key, share);
    return share;
  }

  private async refill(key: string, limit: number, share: Share): Promise<void> {
    share.refill ??= this.drawInto(share, key, limit).finally(() => {
      share.refill = null;
    });
    return share.refill;
  }

  private async drawInto(share: Share, key: string, limit: number): Promise<void> {
    if (this.now() < this.storeAwayUntil) {
      this.grantAlone(share, limit);
      return;
    }
    try {
      const wanted = Math.max(chunkOf(limit), share.waiting);
      const drawn = await this.store.draw({ key, window: share.window, wanted, limit });
      share.tokens += drawn.granted;
      share.left = drawn.left;
    } catch (error) {
      this.storeAwayUntil = this.now() + RECOVERY;
      this.storeFailed(error);
      this.grantAlone(share, limit);
    }
  }

  private grantAlone(share: Share, limit: number): void {
    const own = Math.max(1, Math.floor(limit / this.replicas));
    share.tokens = Math.max(share.tokens, own - share.spent);
    share.left = 0;
  }
}

function chunkOf(limit: number): number {
  return Math.min(LARGEST_CHUNK, Math.max(1, Math.floor(limit / 50)));
}

function verdict(allowed: boolean, limit: number, share: Share, now: number): Verdict {
  const remaining = Math.min(limit, share.tokens + share.left);
  return { allowed, limit, remaining, resetSeconds: Math.max(1, Math.ceil((share.endsAt - now) / 1000)) };
}

/** FNV-1a over the end of the key, which is where keys differ. */
function offsetOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = Math.max(0, key.length - 12); index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % WINDOW;
}
