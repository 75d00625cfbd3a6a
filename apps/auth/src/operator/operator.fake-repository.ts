import type { RefreshChain } from '../session/refresh-chain.js';
import type { Operator, OperatorSession } from './operator.js';
import { OperatorRepository } from './operator.repository.js';

/** Operators in memory. */
export class FakeOperatorRepository extends OperatorRepository {
  readonly operators = new Map<string, { operator: Operator; passwordHash: string }>();
  readonly sessions = new Map<string, OperatorSession>();

  async run<R>(work: () => Promise<R>): Promise<R> {
    return work();
  }

  async byId(id: string): Promise<Operator | null> {
    return this.operators.get(id)?.operator ?? null;
  }

  async byEmail(email: string): Promise<{ operator: Operator; passwordHash: string } | null> {
    return [...this.operators.values()].find(({ operator }) => operator.email === email) ?? null;
  }

  async add(operator: Operator, passwordHash: string): Promise<boolean> {
    if ((await this.byEmail(operator.email)) !== null) return false;
    this.operators.set(operator.id, { operator, passwordHash });
    return true;
  }

  async savePassword(id: string, passwordHash: string): Promise<void> {
    const known = this.operators.get(id);
    if (known !== undefined) this.operators.set(id, { ...known, passwordHash });
  }

  async addSession(session: OperatorSession): Promise<void> {
    this.sessions.set(session.id, session);
  }

  async lockSession(id: string): Promise<OperatorSession | null> {
    return this.sessions.get(id) ?? null;
  }

  async rotate(id: string, chain: RefreshChain): Promise<void> {
    const session = this.sessions.get(id);
    if (session !== undefined) this.sessions.set(id, { ...session, chain, lastSeenAt: chain.refreshedAt });
  }

  async endSession(id: string, _reason: string, at: Date): Promise<boolean> {
    const session = this.sessions.get(id);
    if (session?.endedAt !== null) return false;
    this.sessions.set(id, { ...session, endedAt: at });
    return true;
  }
}
