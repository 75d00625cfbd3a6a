import type { User } from '../user/user.js';
import type { RefreshChain } from './refresh-chain.js';
import type { Device, Session, SessionEnd } from './session.js';

export interface EndedSession {
  readonly id: string;
  readonly userId: string;
}

/** Sessions of the current tenant. */
export abstract class SessionRepository {
  abstract add(session: Session): Promise<void>;

  /** The session and its user; refreshes of one session take turns until the transaction ends. */
  abstract lock(id: string): Promise<{ session: Session; user: User } | null>;

  abstract rotate(id: string, chain: RefreshChain, device: Device): Promise<void>;

  /** Sessions of a user that have not ended, last seen first. */
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

  /** Deletes what ended before. */
  abstract prune(userId: string, before: Date): Promise<void>;
}
