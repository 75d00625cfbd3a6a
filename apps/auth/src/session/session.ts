import type { Session as SessionView } from '#libs/contracts/auth';
import type { RefreshChain } from './refresh-chain.js';

export type SessionMethod = 'password' | 'invitation' | 'operator';
export type SessionEnd =
  | 'logout'
  | 'ended_by_user'
  | 'ended_by_admin'
  | 'password_changed'
  | 'deactivated'
  | 'role_changed'
  | 'token_reused';

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly method: SessionMethod;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly chain: RefreshChain;
  readonly endedAt: Date | null;
}

const DAY = 86_400_000;
/** A session ends at the latest so long after its start … */
export const LONGEST_SESSION_MS = 30 * DAY;
/** … and when it was not refreshed for so long. */
export const IDLE_SESSION_MS = 14 * DAY;

/** Where a session is used from. */
export interface Device {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export function deviceOf({ ip, userAgent }: Device): Device {
  return { ip, userAgent: userAgent?.slice(0, 500) ?? null };
}

export function isOpen(
  { endedAt, expiresAt, lastSeenAt }: Pick<Session, 'endedAt' | 'expiresAt' | 'lastSeenAt'>,
  now: Date,
): boolean {
  return endedAt === null && expiresAt > now && now.getTime() - lastSeenAt.getTime() < IDLE_SESSION_MS;
}

/** Seconds that the refresh token handed out now can be used. */
export function secondsLeft({ expiresAt }: Pick<Session, 'expiresAt'>, now: Date): number {
  return Math.floor(Math.min(IDLE_SESSION_MS, expiresAt.getTime() - now.getTime()) / 1000);
}

export function sessionView(session: Session, currentId: string | null): SessionView {
  const { id, startedAt, lastSeenAt, expiresAt, ip, userAgent } = session;
  return {
    ...{ id, ip, userAgent, current: id === currentId },
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
