import type { Session as SessionView } from '#libs/contracts/auth';
import type { RefreshChain } from './refresh-chain.js';

export type SessionMethod = 'password' | 'invitation' | 'passkey' | 'saml' | 'oidc' | 'ldap' | 'operator';
export type SessionEnd =
  | 'logout'
  | 'ended_by_user'
  | 'ended_by_admin'
  | 'password_changed'
  | 'deactivated'
  | 'role_changed'
  | 'token_reused'
  | 'factors_reset'
  | 'session_limit'
  | 'idp_logout'
  | 'sso_enforced'
  | 'policy';

/** A session as the identity provider knows it that it came of. */
export interface ProviderSession {
  readonly connectionId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly providerSession: string | null;
  /** What the provider wants to hear at logout: the ID token, or how it wrote the NameID. */
  readonly logoutHint: string | null;
}

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly method: SessionMethod;
  /** How it was proved (RFC 8176): `pwd`, `otp`, `pop`, `mfa` … */
  readonly amr: readonly string[];
  /** When somebody last proved who he is; null where a trusted device stood in for it. */
  readonly provedAt: Date | null;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly chain: RefreshChain;
  readonly endedAt: Date | null;
}

/** A session as it is begun. */
export type NewSession = Omit<Session, 'amr' | 'provedAt'> & Partial<Pick<Session, 'amr' | 'provedAt'>>;

const DAY = 86_400_000;
/** What has ended is kept for so long. */
export const LONGEST_SESSION_MS = 30 * DAY;

/** Where a session is used from. */
export interface Device {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export function deviceOf({ ip, userAgent }: Device): Device {
  return { ip, userAgent: userAgent?.slice(0, 500) ?? null };
}

/** How long sessions last: the part of the sign-in policy that is about them. */
export interface SessionLimits {
  /** Ends when it was not refreshed for so long … */
  readonly idleSeconds: number;
  /** … and at the latest so long after its start. */
  readonly absoluteSeconds: number;
}

/** What holds where no policy says otherwise. */
const LOOSE: SessionLimits = { idleSeconds: (14 * DAY) / 1000, absoluteSeconds: (30 * DAY) / 1000 };

type Times = Pick<Session, 'expiresAt' | 'lastSeenAt'> & Partial<Pick<Session, 'startedAt'>>;

export function isOpen(session: Times & Pick<Session, 'endedAt'>, now: Date, limits = LOOSE): boolean {
  return session.endedAt === null && endOf(session, limits) > now.getTime();
}

/** Seconds that the refresh token handed out now can be used. */
export function secondsLeft(session: Omit<Times, 'lastSeenAt'>, now: Date, limits = LOOSE): number {
  return Math.floor((endOf({ ...session, lastSeenAt: now }, limits) - now.getTime()) / 1000);
}

/** When it ends if it is not used again. */
function endOf(
  { startedAt, expiresAt, lastSeenAt }: Times,
  { idleSeconds, absoluteSeconds }: SessionLimits,
): number {
  const absolute = startedAt === undefined ? Infinity : startedAt.getTime() + absoluteSeconds * 1000;
  return Math.min(expiresAt.getTime(), absolute, lastSeenAt.getTime() + idleSeconds * 1000);
}

export function sessionView(session: Session, currentId: string | null): SessionView {
  const { id, method, amr, startedAt, lastSeenAt, expiresAt, ip, userAgent } = session;
  return {
    ...{ id, method, ip, userAgent, current: id === currentId },
    secondStep: amr.includes('mfa'),
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
