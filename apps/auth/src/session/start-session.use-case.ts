import { Injectable } from '@nestjs/common';
import { sessionStarted, signInRefused } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { MailOutbox } from '../mail/mail-outbox.js';
import { NetworkNotAllowed } from '../sign-in-policy/sign-in-policy.errors.js';
import { isWithin, placeOf, stepUpUntil, type SignInPolicy } from '../sign-in-policy/sign-in-policy.js';
import { SignInPolicyRepository } from '../sign-in-policy/sign-in-policy.repository.js';
import { TokenIssuer } from '../token/token-issuer.js';
import { UserRepository } from '../user/user.repository.js';
import type { User } from '../user/user.js';
import { ProvidedSessions } from './provided-sessions.js';
import { startChain } from './refresh-chain.js';
import { EndSession } from './end-session.use-case.js';
import { SessionNotFound } from './session.errors.js';
import { deviceOf, LONGEST_SESSION_MS, secondsLeft, type Device } from './session.js';
import { SessionRepository } from './session.repository.js';
import type { SignIn } from './sign-in.js';
import type { SignInProof } from './sign-in-gate.js';

/** Starts a session for somebody who has proved who he is. Its id is always a new one. */
@Injectable()
export class StartSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly provided: ProvidedSessions,
    private readonly policies: SignInPolicyRepository,
    private readonly tokens: TokenIssuer,
    private readonly ending: EndSession,
    private readonly mails: MailOutbox,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param known the policy, where somebody has just asked for it
   * @throws NetworkNotAllowed, ConnectionClosed
   */
  async execute(
    user: User,
    { method, amr, until: latest, provider }: SignInProof,
    known?: SignInPolicy,
  ): Promise<SignIn> {
    const now = this.clock.now();
    const [id, tenant, policy] = [newId(), currentTenant(), known ?? (await this.policies.current())];
    await this.requireNetwork(user, policy);
    const { chain, token } = startChain(id, now);
    const longest = now.getTime() + policy.absoluteSeconds * 1000;
    const expiresAt = new Date(Math.min(longest, latest?.getTime() ?? longest));
    const times = { startedAt: now, lastSeenAt: now, expiresAt, endedAt: null };
    // A device that is trusted proves nothing about who sits before it now.
    const provedAt = amr.includes('device') ? null : now;
    const until = stepUpUntil(policy, provedAt);
    const subject = { ...user, sessionId: id, audience: tenant.id, stepUpUntil: until };
    const accessToken = await this.tokens.issue(subject);
    await this.unitOfWork.run(async () => {
      const device = deviceOf(currentContext());
      await this.sessions.prune(user.id, new Date(now.getTime() - LONGEST_SESSION_MS));
      if (policy.alerts) await this.alert(user, device);
      await this.sessions.add({ id, userId: user.id, method, amr, provedAt, ...times, ...device, chain });
      if (provider !== undefined) await this.provided.record(id, provider);
      await this.users.recordLogin(user.id, now);
      await this.events.append(sessionStarted, id, { sessionId: id, userId: user.id, method });
    });
    await this.endOldest(user, policy);
    return {
      ...{ user, sessionId: id, accessToken, refreshToken: token },
      refreshableFor: secondsLeft(times, now, policy),
    };
  }

  private async requireNetwork({ id: userId }: User, { allowedNetworks }: SignInPolicy): Promise<void> {
    if (isWithin(allowedNetworks, currentContext().ip)) return;
    await this.events.append(signInRefused, userId, { userId, reason: 'network' });
    throw new NetworkNotAllowed();
  }

  /** Nobody is told of his first sign-in. */
  private async alert(user: User, device: Device): Promise<void> {
    const places = await this.sessions.placesOf(user.id);
    if (places.length === 0 || places.some((place) => isSamePlace(place, device))) return;
    const { ip, userAgent } = device;
    await this.mails.put({
      template: 'new_sign_in',
      to: user,
      facts: { ip: ip ?? '?', device: userAgent ?? '?' },
    });
  }

  private async endOldest({ id }: User, { maxSessions }: SignInPolicy): Promise<void> {
    if (maxSessions === null) return;
    const open = await this.sessions.openOf(id, this.clock.now());
    const byStart = [...open].sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
    for (const { id: sessionId } of byStart.slice(maxSessions)) {
      await this.ending.execute(sessionId, id, 'session_limit').catch(unlessEnded);
    }
  }
}

/** The same browser on the same system, whatever its version, in the same network. */
function isSamePlace(one: Device, other: Device): boolean {
  const kind = ({ userAgent }: Device) => userAgent?.replaceAll(/[\d._]+/g, '') ?? null;
  return kind(one) === kind(other) && placeOf(one.ip) === placeOf(other.ip);
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof SessionNotFound)) throw error;
}
