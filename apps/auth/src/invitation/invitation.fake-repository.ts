import type { Invitation } from './invitation.js';
import { InvitationRepository } from './invitation.repository.js';

/** Invitations in memory. */
export class FakeInvitationRepository extends InvitationRepository {
  private readonly open = new Map<string, { invitation: Invitation; token: string }>();

  async put(invitation: Invitation, tokenHash: Buffer): Promise<void> {
    this.open.set(invitation.userId, { invitation, token: tokenHash.toString('hex') });
  }

  async byId(id: string): Promise<Invitation | null> {
    return [...this.open.values()].find(({ invitation }) => invitation.id === id)?.invitation ?? null;
  }

  async byToken(tokenHash: Buffer, now: Date): Promise<Invitation | null> {
    const found = [...this.open.values()].find(({ token }) => token === tokenHash.toString('hex'));
    return found !== undefined && found.invitation.expiresAt > now ? found.invitation : null;
  }

  async redeem(tokenHash: Buffer, now: Date): Promise<Invitation | null> {
    const found = await this.byToken(tokenHash, now);
    if (found !== null) this.open.delete(found.userId);
    return found;
  }

  async removeOf(userId: string): Promise<void> {
    this.open.delete(userId);
  }
}
