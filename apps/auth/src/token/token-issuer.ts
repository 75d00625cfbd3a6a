import type { Role } from '#libs/contracts';

/** Whom a token is about. */
export interface TokenSubject {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly sessionId: string;
  /** Null for an operator. */
  readonly role: Role | null;
  /** A tenant's id, or `OPERATOR_AUDIENCE`. */
  readonly audience: string;
}

/** Signs access tokens. */
export abstract class TokenIssuer {
  abstract issue(subject: TokenSubject): Promise<string>;
}
