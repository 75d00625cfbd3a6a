import type { RefreshChain } from '../session/refresh-chain.js';
import type { Device } from '../session/session.js';

/** Somebody who runs the platform; no person of any academy. */
export interface Operator {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

export interface OperatorSession extends Device {
  readonly id: string;
  readonly operatorId: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly chain: RefreshChain;
}

/** Operators sign in again every day. */
export const LONGEST_OPERATOR_SESSION_MS = 12 * 3_600_000;

/** An operator who is signed in. */
export interface OperatorSignIn {
  readonly operator: Operator;
  readonly sessionId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly refreshableFor: number;
}
