import { PasswordResetRepository } from './password-reset.repository.js';

/** Requests in memory. */
export class FakePasswordResetRepository extends PasswordResetRepository {
  private readonly open = new Map<string, { token: string; expiresAt: Date }>();

  async put(userId: string, tokenHash: Buffer, _createdAt: Date, expiresAt: Date): Promise<void> {
    this.open.set(userId, { token: tokenHash.toString('hex'), expiresAt });
  }

  async userOf(tokenHash: Buffer, now: Date): Promise<string | null> {
    for (const [userId, { token, expiresAt }] of this.open) {
      if (token === tokenHash.toString('hex') && expiresAt > now) return userId;
    }
    return null;
  }

  async redeem(tokenHash: Buffer, now: Date): Promise<string | null> {
    const userId = await this.userOf(tokenHash, now);
    if (userId !== null) this.open.delete(userId);
    return userId;
  }

  async removeOf(userId: string): Promise<void> {
    this.open.delete(userId);
  }
}
