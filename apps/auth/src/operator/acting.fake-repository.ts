import { ActingRepository } from './acting.repository.js';
import type { Acting, ActingSession } from './acting.js';

/** In memory, without the sessions' own facts. */
export class FakeActingRepository extends ActingRepository {
  readonly added: Acting[] = [];

  async add(acting: Acting): Promise<void> {
    this.added.push(acting);
  }

  async find(sessionId: string): Promise<Acting | null> {
    return this.added.find((acting) => acting.sessionId === sessionId) ?? null;
  }

  async open(): Promise<readonly ActingSession[]> {
    return [];
  }
}
