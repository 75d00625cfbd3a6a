import type { ProviderSession } from '../session/session.js';
import type { SignInProof } from '../session/sign-in-gate.js';

/** The part of a proof by a provider that has to outlive the step. */
export interface SteppedByProvider {
  readonly session: ProviderSession;
  readonly until: Date | null;
}

/** What a step that is under way is for. */
export type ChallengePurpose = 'second_step' | 'enrol' | 'passkey_sign_in' | 'passkey_setup' | 'step_up';

export interface Challenge {
  readonly id: string;
  readonly purpose: ChallengePurpose;
  /** Null where nobody has said yet who he is. */
  readonly userId: string | null;
  /** How the first step was done. */
  readonly method: SignInProof['method'] | null;
  readonly amr: readonly string[];
  /** By whom, where a provider did it. */
  readonly provider: SteppedByProvider | null;
  readonly userAgent: string | null;
  /** What a passkey is to sign; each is answered once. */
  readonly webauthnChallenge: string | null;
  readonly attempts: number;
  readonly expiresAt: Date;
}

export const CHALLENGE_SECONDS = 600;
/** Wrong answers to one challenge before it is over. */
export const MOST_ATTEMPTS = 5;

/** The first step as it was proved, for the session that comes of it. */
export function firstStepOf({ method, provider }: Challenge): Omit<SignInProof, 'amr'> {
  if (provider === null) return { method: method ?? 'password' };
  return { method: method ?? 'password', provider: provider.session, until: provider.until ?? undefined };
}
