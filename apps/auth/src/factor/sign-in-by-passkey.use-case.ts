import { Injectable } from '@nestjs/common';
import { factorRefused, type PasskeyAssertion } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import type { SignIn } from '../session/sign-in.js';
import { SignInGate } from '../session/sign-in-gate.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import type { User } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { Challenges } from './challenges.js';
import { FactorRefused, FactorsOff } from './factor.errors.js';
import { FactorRepository } from './factor.repository.js';
import { Passkeys } from './passkeys.js';

/** Signs in by a passkey alone: it proves the device and, by its PIN or finger, the person. */
@Injectable()
export class SignInByPasskey {
  constructor(
    private readonly challenges: Challenges,
    private readonly users: UserRepository,
    private readonly factors: FactorRepository,
    private readonly passkeys: Passkeys,
    private readonly policies: SignInPolicyRepository,
    private readonly gate: SignInGate,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws FactorsOff */
  async options(site: RequestSite) {
    await this.requireOffered();
    const options = await this.passkeys.assertionOptions(await this.passkeys.siteOf(site), []);
    const begun = { purpose: 'passkey_sign_in', userId: null, webauthnChallenge: options.challenge } as const;
    const { token } = await this.unitOfWork.run(async () => this.challenges.begin(begun));
    return { challengeId: token, options };
  }

  /** @throws FactorsOff, ChallengeInvalid, FactorRefused, NetworkNotAllowed */
  async execute(token: string, response: PasskeyAssertion, site: RequestSite): Promise<SignIn> {
    await this.requireOffered();
    const user = await this.unitOfWork.run(async () => this.prove(token, response, site));
    if (user === null) throw new FactorRefused();
    return this.gate.execute(user, { method: 'passkey', amr: ['pop', 'user', 'mfa'] });
  }

  private async prove(token: string, response: PasskeyAssertion, site: RequestSite): Promise<User | null> {
    const challenge = await this.challenges.open(token, 'passkey_sign_in');
    await this.challenges.answered(challenge, true);
    const passkey = await this.factors.passkeyByCredential(response.id);
    const expected = challenge.webauthnChallenge;
    if (passkey === null || expected === null) return null;
    const here = await this.passkeys.siteOf(site);
    const checked = await this.passkeys.checkAssertion(passkey, response, expected, here, true);
    const isRight =
      checked.kind === 'right' &&
      (await this.factors.usePasskey(passkey.id, checked.counter, this.clock.now()));
    const user = await this.users.byId(passkey.userId);
    if (isRight && user?.status === 'active') return user;
    const reason = checked.kind === 'right' ? 'counter' : checked.kind;
    const refusal = { userId: passkey.userId, method: 'passkey', reason } as const;
    await this.events.append(factorRefused, passkey.userId, refusal);
    return null;
  }

  private async requireOffered(): Promise<void> {
    if (!(await this.policies.current()).passwordless) throw new FactorsOff();
  }
}
