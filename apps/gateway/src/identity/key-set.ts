import type { JsonWebKeySet } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import { importJWK, type CryptoKey } from 'jose';

type PublicKey = CryptoKey | Uint8Array;

const FRESH_FOR = 10 * 60_000;
/** Made-up key ids must not become a flood of questions to auth. */
const ASK_AT_MOST_EVERY = 5_000;

/** The keys that access tokens are signed with, as auth publishes them. Keeps the last known ones while auth is away. */
export class KeySet {
  private keys: ReadonlyMap<string, PublicKey> = new Map();
  private fetchedAt = -Infinity;
  private askedAt = -Infinity;
  private asking: Promise<void> | null = null;

  constructor(
    private readonly fetchKeys: () => Promise<JsonWebKeySet>,
    private readonly now: () => number = Date.now,
  ) {}

  /** The key, or undefined when auth does not know it either. @throws DomainError `service.unavailable` */
  async find(kid: string): Promise<PublicKey | undefined> {
    const stale = this.now() - this.fetchedAt > FRESH_FOR;
    const known = this.keys.get(kid);
    if (known !== undefined && !stale) return known;
    if (this.now() - this.askedAt > ASK_AT_MOST_EVERY || this.asking !== null) {
      try {
        await this.refresh();
      } catch (cause) {
        if (this.fetchedAt === -Infinity) throw keysUnavailable(cause);
      }
    } else if (this.fetchedAt === -Infinity) throw keysUnavailable();
    return this.keys.get(kid);
  }

  /** Looks at auth's keys now: they were rotated. */
  async refresh(): Promise<void> {
    this.askedAt = this.now();
    this.asking ??= this.fetch().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  private async fetch(): Promise<void> {
    const { keys } = await this.fetchKeys();
    const imported = keys.map(async (key) => [key.kid, await importJWK(key, key.alg)] as const);
    this.keys = new Map(await Promise.all(imported));
    this.fetchedAt = this.now();
  }
}

function keysUnavailable(cause?: unknown): DomainError {
  return new DomainError(
    'unavailable',
    'service.unavailable',
    'Signing in is away for a moment. Try again.',
    {
      retryAfterSeconds: 2,
      cause,
    },
  );
}
