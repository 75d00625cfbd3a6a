import type { User } from '../user/user.js';
import type { SignIn } from './sign-in.js';
import type { ProviderSession, SessionMethod } from './session.js';

/** What somebody showed so far. */
export interface SignInProof {
  readonly method: Exclude<SessionMethod, 'operator'>;
  /** RFC 8176: `pwd`, `otp`, `pop`, `user`, `mfa` … */
  readonly amr: readonly string[];
  /** The session ends then at the latest: whoever answers for it says so. */
  readonly until?: Date | undefined;
  /** What the provider calls the session, where one answers for it: it ends with that one, and with the connection. */
  readonly provider?: ProviderSession | undefined;
  /** The cookie of a device that may be trusted. */
  readonly deviceToken?: string | undefined;
}

/** The ways in that another house answers for. */
export const externalMethods: readonly SessionMethod[] = ['saml', 'oidc', 'ldap'];

/** Where every sign-in ends: whatever proved who somebody is, what the academy demands besides is asked here. */
export abstract class SignInGate {
  /**
   * Starts the session. Not to be called inside a transaction: what it throws begins a step that has to be kept.
   * @throws SecondStepRequired, NetworkNotAllowed
   */
  abstract execute(user: User, proof: SignInProof): Promise<SignIn>;
}
