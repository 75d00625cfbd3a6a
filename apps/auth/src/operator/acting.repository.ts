import type { Session } from '../session/session.js';
import type { Acting, ActingSession } from './acting.js';

/** Who acts as somebody of the current tenant. */
export abstract class ActingRepository {
  /** To a session that was added in the same transaction. */
  abstract add(acting: Acting): Promise<void>;

  abstract find(sessionId: string): Promise<Acting | null>;

  /** Those whose session is open, the newest first. */
  abstract open(now: Date): Promise<readonly ActingSession[]>;

  /** What the tokens of such a session say of the operator. */
  async operatorOf({
    id,
    expiresAt,
  }: Pick<Session, 'id' | 'expiresAt'>): Promise<{ id: string; name: string; until: Date }> {
    const acting = await this.find(id);
    if (acting === null) throw new Error(`Nobody is known to act in session ${id}.`);
    return { id: acting.operatorId, name: acting.operatorName, until: expiresAt };
  }
}
