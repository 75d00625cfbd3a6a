import { Injectable } from '@nestjs/common';
import { steppedUpEvent, type StepUpAnswer } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { CredentialRepository } from '../password/credential.repository.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { normalizedPassword } from '../password/password.js';
import { SessionRepository } from '../session/session.repository.js';
import { stepUpUntil } from '../sign-in-policy/sign-in-policy.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import type { RequestSite } from '../tenant/tenant-profile.js';
import { LoginThrottle } from '../throttle/login-throttle.js';
import { TokenIssuer } from '../token/token-issuer.js';
import type { User } from '../user/user.js';
import { Challenges } from './challenges.js';
import { ChallengeInvalid, FactorRefused } from './factor.errors.js';
import { FactorAccess } from './factor.access.js';
import { hasFactor, methodsOf } from './factor.js';
import { FactorRepository } from './factor.repository.js';
import { Passkeys } from './passkeys.js';
import { ProveFactor, type FactorProof } from './prove-factor.use-case.js';

/** Proves once more that it is still the person who signed in. The session stays, its access token is a new one. */
@Injectable()
export class StepUp {
  constructor(
    private readonly access: FactorAccess,
    private readonly sessions: SessionRepository,
    private readonly factors: FactorRepository,
    private readonly passkeys: Passkeys,
    private readonly challenges: Challenges,
    private readonly proving: ProveFactor,
    private readonly credentials: CredentialRepository,
    private readonly hasher: PasswordHasher,
    private readonly throttle: LoginThrottle,
    private readonly policies: SignInPolicyRepository,
    private readonly tokens: TokenIssuer,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Factors where there are any; the password stands in only where there are none. */
  async choices(site: RequestSite) {
    return this.unitOfWork.run(async () => {
      const { user } = await this.access.session();
      const known = await this.factors.of(user.id);
      const here = await this.passkeys.siteOf(site);
      if (!hasFactor(known)) {
        const hasPassword = (await this.credentials.hashOf(user.id)) !== null;
        return { methods: hasPassword ? (['password'] as const) : [], passkey: null };
      }
      const methods = methodsOf(known, here.rpId);
      if (!methods.includes('passkey')) return { methods, passkey: null };
      const options = await this.passkeys.assertionOptions(here, known.passkeys);
      const begun = { purpose: 'step_up', userId: user.id, webauthnChallenge: options.challenge } as const;
      const { token } = await this.challenges.begin(begun);
      return { methods, passkey: { challengeId: token, options } };
    });
  }

  /** @throws FactorRefused, ChallengeInvalid, TooManyAttempts, HashingBusy */
  async execute(
    answer: StepUpAnswer,
    site: RequestSite,
  ): Promise<{ readonly accessToken: string; readonly until: number | undefined }> {
    const { user, session } = await this.unitOfWork.run(async () => this.access.session());
    const amr =
      answer.method === 'password'
        ? await this.password(user, answer.password)
        : await this.factor(user, answer, site);
    const now = this.clock.now();
    await this.unitOfWork.run(async () => {
      await this.sessions.recordProof(session.id, [...new Set([...session.amr, ...amr])], now);
      const event = { sessionId: session.id, userId: user.id, method: answer.method };
      await this.events.append(steppedUpEvent, session.id, event);
    });
    const until = stepUpUntil(await this.policies.current(), now);
    const subject = { ...user, sessionId: session.id, audience: currentTenant().id, stepUpUntil: until };
    return { accessToken: await this.tokens.issue(subject), until };
  }

  private async factor(user: User, answer: Exclude<StepUpAnswer, { method: 'password' }>, site: RequestSite) {
    return this.proving.guarded(user, answer.method, async () =>
      this.unitOfWork.run(async () => {
        const challenge = answer.method === 'passkey' ? await this.spend(answer.challengeId, user) : null;
        return this.proving.execute(user, answer satisfies FactorProof, challenge, site);
      }),
    );
  }

  private async spend(token: string, { id }: User): Promise<string | null> {
    const challenge = await this.challenges.open(token, 'step_up');
    if (challenge.userId !== id) throw new ChallengeInvalid();
    await this.challenges.answered(challenge, true);
    return challenge.webauthnChallenge;
  }

  private async password(user: User, typed: string): Promise<readonly string[]> {
    if (hasFactor(await this.factors.of(user.id))) throw new FactorRefused();
    const attempted = { realm: currentTenant().id, email: user.email, ip: currentContext().ip };
    const attempt = await this.throttle.begin(attempted);
    let isRight: boolean;
    try {
      isRight = await this.hasher.verify(normalizedPassword(typed), await this.credentials.hashOf(user.id));
    } catch (error) {
      await attempt.abandoned();
      throw error;
    }
    if (isRight) {
      await attempt.succeeded();
      return ['pwd'];
    }
    await attempt.failed();
    throw new FactorRefused();
  }
}
