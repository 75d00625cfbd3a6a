import { revokedSessionKey } from '#libs/contracts/auth';
import { BoundedMap } from '../bounded-map.js';
import { within } from '../patience.js';

/** The one question that is put to Redis. */
export interface RevocationStore {
  exists(key: string): Promise<number>;
}

const PATIENCE = 200;
const REMEMBERED = 20_000;

/**
 * Which sessions have ended before their tokens expire: by what was heard, and by asking Redis. While Redis is away the
 * tokens' short life is the bound; refusing everybody would make an outage of it.
 */
export class Revocations {
  private readonly heard = new BoundedMap<string, true>(REMEMBERED);

  constructor(
    private readonly store: RevocationStore,
    private readonly storeFailed: (error: unknown) => void = () => undefined,
  ) {}

  /** An end that was announced; also meets a token that is being verified at this moment. */
  hear(sessionId: string): void {
    this.heard.set(sessionId, true);
  }

  async isRevoked(sessionId: string): Promise<boolean> {
    if (this.heard.get(sessionId) === true) return true;
    const revoked = await this.ask(sessionId);
    return revoked || this.heard.get(sessionId) === true;
  }

  private async ask(sessionId: string): Promise<boolean> {
    try {
      return (await within(PATIENCE, this.store.exists(revokedSessionKey(sessionId)))) > 0;
    } catch (error) {
      this.storeFailed(error);
      return false;
    }
  }
}
