import type { SignInEnforcementView } from '#libs/contracts/auth';

/** Whether people must sign in by a connection, and who need not. */
export interface Enforcement {
  readonly enforced: boolean;
  readonly breakGlassUserIds: readonly string[];
  readonly enforcedAt: Date | null;
}

export const notEnforced: Enforcement = { enforced: false, breakGlassUserIds: [], enforcedAt: null };

export function enforcementView({
  enforced,
  breakGlassUserIds,
  enforcedAt,
}: Enforcement): SignInEnforcementView {
  return {
    enforced,
    breakGlassUserIds: [...breakGlassUserIds],
    enforcedAt: enforcedAt?.toISOString() ?? null,
  };
}
