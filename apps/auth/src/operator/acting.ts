import { LONGEST_ACTING_MINUTES, type ActingSession as ActingView } from '#libs/contracts/auth';

/** An operator who acts as somebody: the person's session, and what is to be known of it. */
export interface Acting {
  readonly sessionId: string;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly reason: string;
  /** The page of the control centre that the operator came from. */
  readonly returnTo: string;
}

/** With the session's own facts. */
export interface ActingSession extends Acting {
  readonly userId: string;
  readonly userName: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/** So long the ticket opens the tenant. */
export const TICKET_MS = 60_000;

export function endOfActing(minutes: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(minutes, LONGEST_ACTING_MINUTES) * 60_000);
}

export function actingView(session: ActingSession): ActingView {
  const { sessionId, userId, userName, operatorId, operatorName, reason, startedAt, expiresAt } = session;
  return {
    ...{ sessionId, userId, userName, operatorId, operatorName, reason },
    startedAt: startedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
