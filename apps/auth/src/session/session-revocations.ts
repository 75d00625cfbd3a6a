import { rulesChangedMark } from '#libs/contracts/auth';

/** Tells everybody who accepts access tokens that sessions have ended before their tokens expire. */
export abstract class SessionRevocations {
  /**
   * Repeating it does no harm. False when not everybody can have heard it, who is told again by the event then.
   * @param tenantId null for an operator's session
   */
  abstract announce(tenantId: string | null, sessionIds: readonly string[]): Promise<boolean>;

  /** The rules of the tenant's sessions changed: each has to be refreshed, where they are asked. Answers like `announce`. */
  async announceRules(tenantId: string, at: Date): Promise<boolean> {
    return this.announce(tenantId, [rulesChangedMark(tenantId, at)]);
  }
}
