import type { RefreshChain } from '../session/refresh-chain.js';
import type { Device } from '../session/session.js';
import type { Operator, OperatorSession } from './operator.js';

/** Operators and their sessions, in the directory. */
export abstract class OperatorRepository {
  /** One transaction in the directory. */
  abstract run<R>(work: () => Promise<R>): Promise<R>;

  abstract byId(id: string): Promise<Operator | null>;

  abstract byEmail(email: string): Promise<{ operator: Operator; passwordHash: string } | null>;

  /** False when the address is taken. */
  abstract add(operator: Operator, passwordHash: string, at: Date): Promise<boolean>;

  abstract savePassword(id: string, passwordHash: string): Promise<void>;

  /** Also notes the sign-in, and forgets the operator's sessions of long ago. */
  abstract addSession(session: OperatorSession): Promise<void>;

  /** Refreshes of one session take turns until the transaction ends. */
  abstract lockSession(id: string): Promise<OperatorSession | null>;

  abstract rotate(sessionId: string, chain: RefreshChain, device: Device): Promise<void>;

  /** Whether it was open. */
  abstract endSession(id: string, reason: 'logout' | 'token_reused', at: Date): Promise<boolean>;
}
