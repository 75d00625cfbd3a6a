import { Injectable } from '@nestjs/common';
import type { SignInPolicy } from './sign-in-policy.js';
import { SignInPolicyRepository } from './sign-in-policy.repository.js';

@Injectable()
export class ShowSignInPolicy {
  constructor(private readonly policies: SignInPolicyRepository) {}

  async execute(): Promise<SignInPolicy> {
    return this.policies.current();
  }
}
