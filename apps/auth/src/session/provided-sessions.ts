import type { ProviderSession } from './session.js';

/** Which sessions came of an identity provider. */
export abstract class ProvidedSessions {
  /** @throws ConnectionClosed when nobody signs in by the connection any more: it may have been closed since the first step */
  abstract record(sessionId: string, provider: ProviderSession): Promise<void>;
}
