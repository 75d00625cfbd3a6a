import { Injectable } from '@nestjs/common';
import type { FactorMethod } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { Clock } from '#libs/kernel';
import type { SignIn } from '../session/sign-in.js';
import { externalMethods, SignInGate, type SignInProof } from '../session/sign-in-gate.js';
import { StartSession } from '../session/start-session.use-case.js';
import { graceUntil, isRequiredOf, type SignInPolicy } from '../sign-in-policy/sign-in-policy.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import type { User } from '../user/user.js';
import { Challenges } from './challenges.js';
import { SecondStepRequired } from './factor.errors.js';
import { hasFactor, methodsOf } from './factor.js';
import { FactorRepository, TrustedDeviceRepository } from './factor.repository.js';

/** Asks for the second step where the policy of the academy does, or for a factor where somebody must have one. */
@Injectable()
export class FactorGate extends SignInGate {
  constructor(
    private readonly policies: SignInPolicyRepository,
    private readonly factors: FactorRepository,
    private readonly devices: TrustedDeviceRepository,
    private readonly challenges: Challenges,
    private readonly sessions: StartSession,
    private readonly clock: Clock,
  ) {
    super();
  }

  async execute(user: User, proof: SignInProof): Promise<SignIn> {
    const policy = await this.policies.current();
    if (isEnough(policy, proof)) return this.sessions.execute(user, proof, policy);
    const factors = await this.factors.of(user.id);
    if (hasFactor(factors)) {
      if (await this.isTrusted(user, policy, proof)) {
        return this.sessions.execute(user, { ...proof, amr: [...proof.amr, 'device'] }, policy);
      }
      return this.ask('second_step', user, proof, methodsOf(factors, null), policy.trustedDeviceDays > 0);
    }
    const grace = graceUntil(policy, user.createdAt);
    const mayCome = grace !== null && grace > this.clock.now();
    if (!isRequiredOf(policy, user.role) || mayCome) return this.sessions.execute(user, proof, policy);
    return this.ask('enrol', user, proof, ['totp', 'passkey'], false);
  }

  private async ask(
    purpose: 'second_step' | 'enrol',
    { id: userId }: User,
    { method, amr, provider: session, until }: SignInProof,
    methods: readonly FactorMethod[],
    mayTrustDevice: boolean,
  ): Promise<never> {
    const provider = session === undefined ? null : { session, until: until ?? null };
    const { token, expiresAt } = await this.challenges.begin({ purpose, userId, method, amr, provider });
    throw new SecondStepRequired({
      ...{ mfaRequired: true, challengeId: token, methods: [...methods], mayTrustDevice },
      enrol: purpose === 'enrol',
      expiresAt: expiresAt.toISOString(),
    });
  }

  private async isTrusted(
    { id }: User,
    policy: SignInPolicy,
    { deviceToken }: SignInProof,
  ): Promise<boolean> {
    if (deviceToken === undefined || policy.trustedDeviceDays === 0) return false;
    return (await this.devices.use(id, sha256(deviceToken), this.clock.now())) !== null;
  }
}

function isEnough({ mfa, mfaAfterSso }: SignInPolicy, { method, amr }: SignInProof): boolean {
  return amr.includes('mfa') || mfa === 'off' || (externalMethods.includes(method) && !mfaAfterSso);
}
