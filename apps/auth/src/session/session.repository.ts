import type { User } from '../user/user.js';
import type { RefreshChain } from './refresh-chain.js';
import type { Device, Session, SessionEnd, NewSession } from './session.js';

export interface EndedSession {
  readonly id: string;
  readonly userId: string;
}

/** Sessions of the current tenant. */
export abstract class SessionRepository {
  abstract add(session: NewSession): Promise<void>;

  /** The session and its user; refreshes of one session take turns until the transaction ends. */
  abstract lock(id: string): Promise<{ session: Session; user: User } | null>;

  abstract rotate(id: string, chain: RefreshChain, device: Device): Promise<void>;

  /** Sessions of a user that have not ended, last seen first. What the policy has run out is not among them. */
  abstract openOf(userId: string, now: Date): Promise<readonly Session[]>;

  /** Ends one session of a user. Null when there is none that is open. */
  abstract end(id: string, userId: string, reason: SessionEnd, at: Date): Promise<EndedSession | null>;

  /** Ends all sessions of a user but one. */
  abstract endAll(
    userId: string,
    reason: SessionEnd,
    at: Date,
    exceptId: string | null,
  ): Promise<readonly EndedSession[]>;

  /** Where somebody signed in from of late, newest first. */
  abstract placesOf(userId: string): Promise<readonly Device[]>;

  /** Notes that somebody proved once more who he is. */
  abstract recordProof(id: string, amr: readonly string[], at: Date): Promise<void>;

  /** Deletes what ended before. */
  abstract prune(userId: string, before: Date): Promise<void>;
}
