import type { Invitation } from './invitation.js';

/** Open invitations of the current tenant: one a person, the newest. */
export abstract class InvitationRepository {
  /** Takes the place of an earlier one, whose link is dead from then on. */
  abstract put(invitation: Invitation, tokenHash: Buffer): Promise<void>;

  abstract byId(id: string): Promise<Invitation | null>;

  /** By its link; null when there is none, or it is too old. */
  abstract byToken(tokenHash: Buffer, now: Date): Promise<Invitation | null>;

  /** Takes an invitation away, by its link: who comes second gets null. */
  abstract redeem(tokenHash: Buffer, now: Date): Promise<Invitation | null>;

  abstract removeOf(userId: string): Promise<void>;
}
