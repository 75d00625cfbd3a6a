import { defaultPolicy, type SignInPolicy } from './sign-in-policy.js';
import { SignInPolicyRepository } from './sign-in-policy.repository.js';

/** A policy in memory. */
export class FakeSignInPolicyRepository extends SignInPolicyRepository {
  constructor(public policy: SignInPolicy = defaultPolicy) {
    super();
  }

  async current(): Promise<SignInPolicy> {
    return this.policy;
  }

  async save(policy: SignInPolicy): Promise<boolean> {
    if (policy.version !== this.policy.version + 1) return false;
    this.policy = policy;
    return true;
  }
}
