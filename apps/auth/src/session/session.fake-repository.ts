import type { UserRepository } from '../user/user.repository.js';
import type { User } from '../user/user.js';
import { defaultPolicy } from '../sign-in-policy/sign-in-policy.js';
import type { RefreshChain } from './refresh-chain.js';
import { isOpen, type Device, type Session, type SessionEnd, type NewSession } from './session.js';
import { SessionRepository, type EndedSession } from './session.repository.js';

/** Sessions in memory. */
export class FakeSessionRepository extends SessionRepository {
  readonly sessions = new Map<string, Session>();
  readonly ends: { readonly id: string; readonly reason: SessionEnd }[] = [];

  constructor(private readonly users: UserRepository) {
    super();
  }

  async add(session: NewSession): Promise<void> {
    this.sessions.set(session.id, { amr: [], provedAt: null, ...session });
  }

  async lock(id: string): Promise<{ session: Session; user: User } | null> {
    const session = this.sessions.get(id);
    const user = session === undefined ? null : await this.users.byId(session.userId);
    return session === undefined || user === null ? null : { session, user };
  }

  async rotate(id: string, chain: RefreshChain, { ip }: Device): Promise<void> {
    const session = this.sessions.get(id);
    if (session !== undefined) {
      this.sessions.set(id, { ...session, chain, ip, lastSeenAt: chain.refreshedAt });
    }
  }

  async openOf(userId: string, now: Date): Promise<readonly Session[]> {
    return [...this.sessions.values()].filter(
      (session) => session.userId === userId && isOpen(session, now, defaultPolicy),
    );
  }

  async end(id: string, userId: string, reason: SessionEnd, at: Date): Promise<EndedSession | null> {
    const session = this.sessions.get(id);
    if (session?.userId !== userId || session.endedAt !== null) return null;
    this.sessions.set(id, { ...session, endedAt: at });
    this.ends.push({ id, reason });
    return { id, userId };
  }

  async endAll(
    userId: string,
    reason: SessionEnd,
    at: Date,
    exceptId: string | null,
  ): Promise<readonly EndedSession[]> {
    const ids = [...this.sessions.keys()].filter((id) => id !== exceptId);
    const ended = await Promise.all(ids.map(async (id) => this.end(id, userId, reason, at)));
    return ended.filter((session) => session !== null);
  }

  async placesOf(userId: string): Promise<readonly Device[]> {
    return [...this.sessions.values()].filter((session) => session.userId === userId).reverse();
  }

  async recordProof(id: string, amr: readonly string[], at: Date): Promise<void> {
    const session = this.sessions.get(id);
    if (session !== undefined) this.sessions.set(id, { ...session, amr, provedAt: at });
  }

  async prune(): Promise<void> {
    // Nothing grows here for long.
  }
}
