import type { Invitation as InvitationView } from '#libs/contracts/auth';
import type { User } from '../user/user.js';

/** The newest invitation of somebody who has not accepted yet. */
export interface Invitation {
  readonly id: string;
  readonly userId: string;
  readonly invitedBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const INVITATION_LIFETIME_MS = 14 * 86_400_000;

export function invitationView(
  invitation: Invitation,
  { email, name, role }: Pick<User, 'email' | 'name' | 'role'>,
): InvitationView {
  const { createdAt, expiresAt, ...rest } = invitation;
  return {
    ...rest,
    email,
    name,
    role,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
