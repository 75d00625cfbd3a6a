import type { ScimToken } from './scim-token.js';

export interface ScimFailure {
  readonly at: Date;
  readonly operation: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** Tokens of identity providers, of the current tenant, and what failed with them. */
export abstract class ScimTokenRepository {
  abstract add(token: ScimToken): Promise<void>;

  abstract byHash(hash: Buffer): Promise<ScimToken | null>;

  abstract byId(id: string): Promise<ScimToken | null>;

  /** Newest first, after the one with that id. */
  abstract page(limit: number, before: string | null): Promise<readonly ScimToken[]>;

  abstract countGood(now: Date): Promise<number>;

  /** Null when there is none that is not revoked. */
  abstract revoke(id: string, at: Date): Promise<ScimToken | null>;

  abstract expire(id: string, at: Date): Promise<void>;

  abstract recordUse(id: string, at: Date): Promise<void>;

  abstract lastUse(): Promise<Date | null>;

  /** Keeps the newest 50. */
  abstract recordFailure(id: string, failure: ScimFailure): Promise<void>;

  abstract failures(): Promise<readonly ScimFailure[]>;
}
