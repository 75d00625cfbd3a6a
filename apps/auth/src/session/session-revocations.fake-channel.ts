import { SessionRevocations } from './session-revocations.js';

/** Remembers what was announced. */
export class FakeSessionRevocations extends SessionRevocations {
  readonly announced: string[] = [];

  async announce(_tenantId: string | null, sessionIds: readonly string[]): Promise<boolean> {
    this.announced.push(...sessionIds);
    return true;
  }
}
