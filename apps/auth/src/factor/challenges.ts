import { Injectable } from '@nestjs/common';
import { randomToken, sha256 } from '#libs/crypto';
import { Clock, newId } from '#libs/kernel';
import { currentContext } from '#libs/tenancy';
import { deviceOf } from '../session/session.js';
import { CHALLENGE_SECONDS, MOST_ATTEMPTS, type Challenge, type ChallengePurpose } from './challenge.js';
import { ChallengeRepository } from './challenge.repository.js';
import { ChallengeInvalid } from './factor.errors.js';

type Begun = Pick<Challenge, 'purpose' | 'userId'> &
  Partial<Pick<Challenge, 'method' | 'amr' | 'provider' | 'webauthnChallenge'>>;

/** Steps under way: begun and answered on one device, by a token that only it holds. */
@Injectable()
export class Challenges {
  constructor(
    private readonly challenges: ChallengeRepository,
    private readonly clock: Clock,
  ) {}

  async begin(begun: Begun): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    const now = this.clock.now();
    const token = randomToken();
    const expiresAt = new Date(now.getTime() + CHALLENGE_SECONDS * 1000);
    const { userAgent } = deviceOf(currentContext());
    const nothing = { method: null, amr: [], provider: null, webauthnChallenge: null, attempts: 0 };
    await this.challenges.add(
      { ...nothing, ...begun, id: newId(), userAgent, expiresAt },
      sha256(token),
      now,
    );
    return { token, expiresAt };
  }

  /** Within a transaction, in which nobody else answers it. @throws ChallengeInvalid */
  async open(token: string, purpose: ChallengePurpose): Promise<Challenge> {
    const challenge = await this.challenges.lock(sha256(token), this.clock.now());
    const { userAgent } = deviceOf(currentContext());
    if (challenge?.purpose !== purpose || challenge.userAgent !== userAgent) throw new ChallengeInvalid();
    return challenge;
  }

  async expect(id: string, webauthnChallenge: string): Promise<void> {
    await this.challenges.setWebauthnChallenge(id, webauthnChallenge);
  }

  /** After an answer: a right one ends it, and so does one wrong answer too many. */
  async answered({ id, attempts }: Challenge, isRight: boolean): Promise<void> {
    if (isRight || attempts + 1 >= MOST_ATTEMPTS) await this.challenges.remove(id);
    else await this.challenges.countAttempt(id);
  }

  async forget(userId: string): Promise<void> {
    await this.challenges.removeOf(userId);
  }
}
