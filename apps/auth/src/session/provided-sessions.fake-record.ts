import { ProvidedSessions } from './provided-sessions.js';
import type { ProviderSession } from './session.js';

/** Remembers them by the session. */
export class FakeProvidedSessions extends ProvidedSessions {
  readonly recorded = new Map<string, ProviderSession>();

  async record(sessionId: string, provider: ProviderSession): Promise<void> {
    this.recorded.set(sessionId, provider);
  }
}
