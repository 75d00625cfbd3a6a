import { Injectable } from '@nestjs/common';
import { deviceTrusted, type FactorMethod } from '#libs/contracts/auth';
import { randomToken, sha256 } from '#libs/crypto';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentContext, UnitOfWork } from '#libs/tenancy';
import type { SignIn } from '../session/sign-in.js';
import { deviceOf } from '../session/session.js';
import { StartSession } from '../session/start-session.use-case.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import type { User } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { firstStepOf, type Challenge } from './challenge.js';
import { Challenges } from './challenges.js';
import { ChallengeInvalid } from './factor.errors.js';
import { FactorRepository, TrustedDeviceRepository } from './factor.repository.js';
import { Passkeys } from './passkeys.js';
import { ProveFactor, type FactorProof } from './prove-factor.use-case.js';

const DAY = 86_400_000;

/** A sign-in, and the token of the device where it is trusted from now on. */
export interface TrustedSignIn {
  readonly signIn: SignIn;
  readonly device: { readonly token: string; readonly seconds: number } | null;
}

/** Finishes a sign-in that waits for its second step. The challenge is spent with it. */
@Injectable()
export class AnswerSecondStep {
  constructor(
    private readonly challenges: Challenges,
    private readonly users: UserRepository,
    private readonly factors: FactorRepository,
    private readonly passkeys: Passkeys,
    private readonly proving: ProveFactor,
    private readonly policies: SignInPolicyRepository,
    private readonly devices: TrustedDeviceRepository,
    private readonly sessions: StartSession,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What to ask a passkey for. @throws ChallengeInvalid */
  async passkeyOptions(token: string, site: RequestSite) {
    return this.unitOfWork.run(async () => {
      const { challenge, user } = await this.open(token);
      const { passkeys } = await this.factors.of(user.id);
      const options = await this.passkeys.assertionOptions(await this.passkeys.siteOf(site), passkeys);
      await this.challenges.expect(challenge.id, options.challenge);
      return options;
    });
  }

  /** @throws ChallengeInvalid, FactorRefused, TooManyAttempts, NetworkNotAllowed */
  async execute(
    token: string,
    proof: FactorProof,
    trustDevice: boolean,
    site: RequestSite,
  ): Promise<TrustedSignIn> {
    const { user, challenge } = await this.unitOfWork.run(async () => this.open(token));
    const amr = await this.proving.guarded(user, proof.method satisfies FactorMethod, async () =>
      this.unitOfWork.run(async () => {
        const { challenge: open } = await this.open(token);
        const outcome = await this.proving.execute(user, proof, open.webauthnChallenge, site);
        await this.challenges.answered(open, outcome.kind === 'proved');
        return outcome;
      }),
    );
    const both = { ...firstStepOf(challenge), amr: [...challenge.amr, ...amr] };
    const signIn = await this.sessions.execute(user, both);
    return { signIn, device: trustDevice ? await this.trust(user) : null };
  }

  private async open(token: string): Promise<{ challenge: Challenge; user: User }> {
    const challenge = await this.challenges.open(token, 'second_step');
    const user = challenge.userId === null ? null : await this.users.byId(challenge.userId);
    if (user?.status !== 'active') throw new ChallengeInvalid();
    return { challenge, user };
  }

  private async trust({ id: userId }: User): Promise<TrustedSignIn['device']> {
    const { trustedDeviceDays: days } = await this.policies.current();
    if (days === 0) return null;
    const [id, token, now] = [newId(), randomToken(), this.clock.now()];
    const expiresAt = new Date(now.getTime() + days * DAY);
    const times = { createdAt: now, lastUsedAt: now, expiresAt };
    await this.unitOfWork.run(async () => {
      const { ip, userAgent } = deviceOf(currentContext());
      await this.devices.add({ id, userId, tokenHash: sha256(token), ip, userAgent, ...times });
      await this.events.append(deviceTrusted, id, {
        deviceId: id,
        userId,
        expiresAt: expiresAt.toISOString(),
      });
    });
    return { token, seconds: days * (DAY / 1000) };
  }
}
