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
  /** The operator who acts as this person, and when that ends at the latest. */
  readonly acting?: { readonly id: string; readonly name: string; readonly until: Date } | undefined;
  /** When the step-up runs out, in seconds since 1970; undefined where none is demanded. */
  readonly stepUpUntil?: number | undefined;
}

/** Signs access tokens. */
export abstract class TokenIssuer {
  abstract issue(subject: TokenSubject): Promise<string>;
}
