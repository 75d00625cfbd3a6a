import { Injectable } from '@nestjs/common';
import type { EnrolAnswer } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import type { SignIn } from '../session/sign-in.js';
import { StartSession } from '../session/start-session.use-case.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import type { User } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { firstStepOf, type Challenge } from './challenge.js';
import { Challenges } from './challenges.js';
import { EnrolFactor } from './enrol-factor.use-case.js';
import { ChallengeInvalid } from './factor.errors.js';

type Enrolled =
  | {
      readonly kind: 'enrolled';
      readonly codes: readonly string[] | null;
      readonly user: User;
      readonly challenge: Challenge;
    }
  | { readonly kind: 'refused'; readonly error: DomainError };

/** Sets a factor up in a sign-in that cannot be finished without one. */
@Injectable()
export class EnrolInSecondStep {
  constructor(
    private readonly challenges: Challenges,
    private readonly users: UserRepository,
    private readonly enrolling: EnrolFactor,
    private readonly sessions: StartSession,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws ChallengeInvalid */
  async beginTotp(token: string) {
    return this.unitOfWork.run(async () => this.enrolling.beginTotp((await this.open(token)).user));
  }

  /** @throws ChallengeInvalid */
  async beginPasskey(token: string, site: RequestSite) {
    return this.unitOfWork.run(async () => {
      const { challenge, user } = await this.open(token);
      const options = await this.enrolling.passkeyOptions(user, site);
      await this.challenges.expect(challenge.id, options.challenge);
      return options;
    });
  }

  /** @throws ChallengeInvalid, TotpWrong, PasskeyRefused */
  async execute(
    answer: EnrolAnswer,
    site: RequestSite,
  ): Promise<{ readonly signIn: SignIn; readonly recoveryCodes: readonly string[] | null }> {
    const outcome = await this.unitOfWork.run(async (): Promise<Enrolled> => {
      const { challenge, user } = await this.open(answer.challengeId);
      try {
        const codes = await this.enrol(answer, user, challenge, site);
        await this.challenges.answered(challenge, true);
        return { kind: 'enrolled', codes, user, challenge };
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
        // A wrong answer is counted, so it is not thrown out of the transaction.
        await this.challenges.answered(challenge, false);
        return { kind: 'refused', error };
      }
    });
    if (outcome.kind === 'refused') throw outcome.error;
    const { user, challenge, codes } = outcome;
    const amr = [...challenge.amr, answer.method === 'totp' ? 'otp' : 'pop', 'mfa'];
    const signIn = await this.sessions.execute(user, { ...firstStepOf(challenge), amr });
    return { signIn, recoveryCodes: codes };
  }

  private async enrol(answer: EnrolAnswer, user: User, challenge: Challenge, site: RequestSite) {
    if (answer.method === 'totp') return this.enrolling.confirmTotp(user, answer.code);
    const { name, response } = answer;
    return (await this.enrolling.addPasskey(user, name, response, challenge.webauthnChallenge, site))
      .recoveryCodes;
  }

  private async open(token: string): Promise<{ challenge: Challenge; user: User }> {
    const challenge = await this.challenges.open(token, 'enrol');
    const user = challenge.userId === null ? null : await this.users.byId(challenge.userId);
    if (user?.status !== 'active') throw new ChallengeInvalid();
    return { challenge, user };
  }
}
