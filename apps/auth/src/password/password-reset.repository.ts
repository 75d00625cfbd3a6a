/** Open requests for a new password of the current tenant's people: one a person, the newest. */
export abstract class PasswordResetRepository {
  /** Takes the place of an earlier one, whose link is dead from then on. */
  abstract put(userId: string, tokenHash: Buffer, createdAt: Date, expiresAt: Date): Promise<void>;

  /** Whose the link is, if it is not too old. */
  abstract userOf(tokenHash: Buffer, now: Date): Promise<string | null>;

  /** Takes the request of the link away: who comes second gets null. */
  abstract redeem(tokenHash: Buffer, now: Date): Promise<string | null>;

  abstract removeOf(userId: string): Promise<void>;
}
