import type { Challenge } from './challenge.js';

/** Steps under way, of the current tenant. They are known by the hash of a token that only the caller has. */
export abstract class ChallengeRepository {
  /** Also forgets what is over. */
  abstract add(challenge: Challenge, tokenHash: Buffer, now: Date): Promise<void>;

  /** Nobody else answers it until the transaction ends. Null where there is none that is open. */
  abstract lock(tokenHash: Buffer, now: Date): Promise<Challenge | null>;

  abstract setWebauthnChallenge(id: string, value: string | null): Promise<void>;

  abstract countAttempt(id: string): Promise<void>;

  abstract remove(id: string): Promise<void>;

  /** All that somebody has begun. */
  abstract removeOf(userId: string): Promise<void>;
}
