import { Injectable } from '@nestjs/common';
import { deviceForgotten, factorRemoved, type PasskeyRegistration } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { requireUserId, UnitOfWork } from '#libs/tenancy';
import { MailOutbox } from '../mail/mail-outbox.js';
import { isRequiredOf } from '../sign-in-policy/sign-in-policy.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import type { User } from '../user/user.js';
import { Challenges } from './challenges.js';
import { EnrolFactor } from './enrol-factor.use-case.js';
import { FactorAccess } from './factor.access.js';
import { ChallengeInvalid, FactorNotFound, FactorsOff, LastFactor } from './factor.errors.js';
import { hasFactor, type Passkey } from './factor.js';
import { FactorRepository, TrustedDeviceRepository } from './factor.repository.js';

/** What people do with their own factors. Everything but looking needs a proof of a moment ago. */
@Injectable()
export class ChangeFactors {
  constructor(
    private readonly access: FactorAccess,
    private readonly factors: FactorRepository,
    private readonly devices: TrustedDeviceRepository,
    private readonly challenges: Challenges,
    private readonly enrolling: EnrolFactor,
    private readonly policies: SignInPolicyRepository,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws StepUpRequired, FactorsOff, TotpExists */
  async beginTotp() {
    return this.unlocked(async (user) => {
      if ((await this.policies.current()).mfa === 'off') throw new FactorsOff();
      return this.enrolling.beginTotp(user);
    });
  }

  /** @throws StepUpRequired, TotpExists, TotpNotBegun, TotpWrong */
  async confirmTotp(code: string): Promise<readonly string[] | null> {
    return this.unlocked(async (user) => this.enrolling.confirmTotp(user, code));
  }

  /** @throws StepUpRequired, FactorNotFound, LastFactor */
  async removeTotp(): Promise<void> {
    await this.unlocked(async (user) => {
      if (!(await this.factors.removeTotp(user.id))) throw new FactorNotFound();
      await this.removed(user, 'totp', null);
    });
  }

  /** @throws StepUpRequired, TooManyPasskeys */
  async beginPasskey(site: RequestSite) {
    return this.unlocked(async (user) => {
      const options = await this.enrolling.passkeyOptions(user, site);
      const begun = {
        purpose: 'passkey_setup',
        userId: user.id,
        webauthnChallenge: options.challenge,
      } as const;
      const { token } = await this.challenges.begin(begun);
      return { challengeId: token, options };
    });
  }

  /** @throws StepUpRequired, ChallengeInvalid, PasskeyRefused, PasskeyExists */
  async addPasskey(
    token: string,
    name: string,
    response: PasskeyRegistration,
    site: RequestSite,
  ): Promise<{ readonly passkey: Passkey; readonly recoveryCodes: readonly string[] | null }> {
    return this.unlocked(async (user) => {
      const challenge = await this.challenges.open(token, 'passkey_setup');
      if (challenge.userId !== user.id) throw new ChallengeInvalid();
      await this.challenges.answered(challenge, true);
      return this.enrolling.addPasskey(user, name, response, challenge.webauthnChallenge, site);
    });
  }

  /** @throws StepUpRequired, FactorNotFound, LastFactor */
  async removePasskey(id: string): Promise<void> {
    await this.unlocked(async (user) => {
      const passkey = await this.factors.removePasskey(user.id, id);
      if (passkey === null) throw new FactorNotFound();
      await this.removed(user, 'passkey', passkey.name);
    });
  }

  /** @throws StepUpRequired, FactorNotFound where there is no factor that they could stand in for */
  async renewRecoveryCodes(): Promise<readonly string[]> {
    return this.unlocked(async (user) => {
      if (!hasFactor(await this.factors.of(user.id))) throw new FactorNotFound();
      return this.enrolling.renewRecoveryCodes(user);
    });
  }

  /** Trusting less needs no proof. @throws FactorNotFound */
  async forgetDevices(id?: string): Promise<void> {
    const userId = requireUserId();
    await this.unitOfWork.run(async () => {
      const deviceIds = await this.devices.remove(userId, id);
      if (id !== undefined && deviceIds.length === 0) throw new FactorNotFound();
      if (deviceIds.length > 0) {
        await this.events.append(deviceForgotten, userId, { userId, deviceIds: [...deviceIds] });
      }
    });
  }

  private async unlocked<R>(work: (user: User) => Promise<R>): Promise<R> {
    return this.unitOfWork.run(async () => work(await this.access.unlocked()));
  }

  private async removed(user: User, method: 'totp' | 'passkey', name: string | null): Promise<void> {
    const isLast = !hasFactor(await this.factors.of(user.id));
    if (isLast && isRequiredOf(await this.policies.current(), user.role)) throw new LastFactor();
    await this.events.append(factorRemoved, user.id, { userId: user.id, method, name });
    await this.mails.put({ template: 'factor_removed', to: user });
    if (!isLast) return;
    await this.factors.removeAll(user.id);
    await this.devices.remove(user.id);
  }
}
