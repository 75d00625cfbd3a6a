import { Injectable } from '@nestjs/common';
import { refreshTokenReused, sessionEnded } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { ActingRepository } from '../operator/acting.repository.js';
import { MailOutbox } from '../mail/mail-outbox.js';
import type { Enforcement } from '../enforcement/enforcement.js';
import { SignInEnforcement } from '../enforcement/sign-in-enforcement.js';
import { isWithin, stepUpUntil, type SignInPolicy } from '../sign-in-policy/sign-in-policy.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import { TokenIssuer } from '../token/token-issuer.js';
import type { User } from '../user/user.js';
import { LONGEST_CHAIN, parseToken, present, type RefreshToken } from './refresh-chain.js';
import { SessionEnded } from './session.errors.js';
import { deviceOf, isOpen, secondsLeft, type Device, type Session } from './session.js';
import { SessionRepository } from './session.repository.js';
import { SessionRevocations } from './session-revocations.js';
import { externalMethods } from './sign-in-gate.js';
import type { SignIn } from './sign-in.js';

/** What holds at this moment, whatever held when the session began. */
interface Rules {
  readonly policy: SignInPolicy;
  readonly enforcement: Enforcement;
}

interface Refreshed {
  readonly session: Session;
  readonly user: User;
  readonly token: string;
}

/** Trades a refresh token for its successor. One that is spent ends the session: somebody has a copy of it. */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly revocations: SessionRevocations,
    private readonly tokens: TokenIssuer,
    private readonly acting: ActingRepository,
    private readonly policies: SignInPolicyRepository,
    private readonly enforcement: SignInEnforcement,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws SessionEnded */
  async execute(refreshToken: string): Promise<SignIn> {
    const token = parseToken(refreshToken);
    if (token === null) throw new SessionEnded();
    // The end of a stolen session has to be committed, so it is not thrown out of the transaction.
    const rules = { policy: await this.policies.current(), enforcement: await this.enforcement.current() };
    const { policy } = rules;
    const outcome = await this.unitOfWork.run(async () => this.present(token, rules));
    if (outcome === 'refused') throw new SessionEnded();
    if (outcome === 'stolen' || outcome === 'over') {
      await this.revocations.announce(currentTenant().id, [token.sessionId]);
      throw new SessionEnded();
    }
    const { user, session } = outcome;
    const acting = session.method === 'operator' ? await this.acting.operatorOf(session) : undefined;
    // Whoever acts as the person cannot prove to be the person.
    const stepUp = acting === undefined ? { stepUpUntil: stepUpUntil(policy, session.provedAt) } : {};
    const subject = { ...user, sessionId: session.id, audience: currentTenant().id, acting, ...stepUp };
    return {
      ...{ user, sessionId: session.id, refreshToken: outcome.token },
      accessToken: await this.tokens.issue(subject),
      refreshableFor: secondsLeft(session, this.clock.now(), policy),
    };
  }

  private async present(
    token: RefreshToken,
    { policy, enforcement }: Rules,
  ): Promise<Refreshed | 'refused' | 'stolen' | 'over'> {
    const found = await this.sessions.lock(token.sessionId);
    const now = this.clock.now();
    if (found?.session.endedAt !== null || found.user.status !== 'active') return 'refused';
    const { session, user } = found;
    const device = deviceOf(currentContext());
    const presented = present(session.chain, token, now, device.userAgent === session.userAgent);
    switch (presented.kind) {
      case 'unknown':
        return 'refused';
      case 'reused':
        if (!isOpen(session, now, policy)) return 'refused';
        await this.endStolen(session, user, now);
        return 'stolen';
      case 'repeated':
        if (!this.mayGoOn(session, device, policy) || isShutOut(session, enforcement)) return 'refused';
        return { session, user, token: presented.token };
      case 'rotated':
        if (!this.mayGoOn(session, device, policy)) {
          await this.endByRule(session, 'policy', now);
          return 'over';
        }
        if (isShutOut(session, enforcement)) {
          await this.endByRule(session, 'sso_enforced', now);
          return 'over';
        }
        if (presented.chain.generation > LONGEST_CHAIN) return 'refused';
        await this.sessions.rotate(session.id, presented.chain, device);
        return { session, user, token: presented.token };
    }
  }

  /** It was used lately enough, is not too old, and is where the academy allows it. */
  private mayGoOn(session: Session, { ip }: Device, policy: SignInPolicy): boolean {
    if (!isOpen(session, this.clock.now(), policy)) return false;
    return session.method === 'operator' || isWithin(policy.allowedNetworks, ip);
  }

  private async endByRule(
    { id, userId }: Session,
    reason: 'policy' | 'sso_enforced',
    now: Date,
  ): Promise<void> {
    await this.sessions.end(id, userId, reason, now);
    await this.events.append(sessionEnded, id, { sessionId: id, userId, reason });
  }

  private async endStolen({ id, userId }: Session, user: User, now: Date): Promise<void> {
    await this.sessions.end(id, userId, 'token_reused', now);
    await this.mails.put({ template: 'session_stolen', to: user });
    await this.events.append(refreshTokenReused, id, { sessionId: id, userId });
    await this.events.append(sessionEnded, id, { sessionId: id, userId, reason: 'token_reused' });
  }
}

/** It began by a way that is closed to this person by now: an operator answers for himself. */
function isShutOut({ method, userId }: Session, { enforced, breakGlassUserIds }: Enforcement): boolean {
  if (!enforced || method === 'operator' || externalMethods.includes(method)) return false;
  return !breakGlassUserIds.includes(userId);
}
