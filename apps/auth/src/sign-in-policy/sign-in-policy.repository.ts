import type { SignInPolicy } from './sign-in-policy.js';

export abstract class SignInPolicyRepository {
  /** The policy of the current tenant: the defaults where nobody changed anything. */
  abstract current(): Promise<SignInPolicy>;

  /** Writes the version after `policy.version - 1`. False when somebody else was faster. */
  abstract save(policy: SignInPolicy): Promise<boolean>;
}
