import { z } from 'zod';
import { email, role, uuid } from '../index.js';

/** Seconds that an access token lives. */
export const ACCESS_TOKEN_LIFETIME = 900;
export const ACCESS_TOKEN_ISSUER = 'harka';
/** The only algorithm (RFC 8037). Whatever else a header names is refused. */
export const ACCESS_TOKEN_ALGORITHM = 'EdDSA';
/** RFC 9068. */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
/** `aud` of an operator's token; a tenant's token has the tenant's id. */
export const OPERATOR_AUDIENCE = 'operator';

const common = {
  iss: z.literal(ACCESS_TOKEN_ISSUER),
  sub: uuid(),
  /** The session: ends with it. */
  sid: uuid(),
  name: z.string(),
  email: email(),
  iat: z.int(),
  exp: z.int(),
};

/** What a member's access token says. Permissions follow from the role (`permissionsOfRole`). */
export const memberClaims = z.object({
  ...common,
  aud: uuid(),
  role,
  /** Seconds since 1970 until when the last proof is good for changes that ask for a step-up; absent where none does. */
  sut: z.int().nonnegative().optional(),
  /** RFC 8693: the operator who acts as this person. */
  act: z.object({ sub: z.string(), name: z.string() }).optional(),
});
export type MemberClaims = z.infer<typeof memberClaims>;

/** What an operator's access token says; good on the admin host only. */
export const operatorClaims = z.object({ ...common, aud: z.literal(OPERATOR_AUDIENCE) });
export type OperatorClaims = z.infer<typeof operatorClaims>;

/**
 * The Redis sorted set of sessions that ended while an access token of theirs may still hold: session ids by the time of
 * their end in milliseconds. Whoever accepts access tokens reads what was added.
 */
export const REVOKED_SESSIONS = 'revoked:sessions';

/** Seconds that a session stays in the set: a minute longer than any token that was given out before its end. */
export const REVOKED_SESSIONS_KEPT = ACCESS_TOKEN_LIFETIME + 60;

const RULES = /^rules:([0-9a-f-]{36}):(\d+)$/;

/**
 * A member of the same set: the rules of sessions of a tenant changed, so access tokens that were given out before that
 * second count no more. Whoever holds one refreshes, and there the new rules are asked.
 */
export function rulesChangedMark(tenantId: string, at: Date): string {
  return `rules:${tenantId}:${Math.floor(at.getTime() / 1000)}`;
}

/** Null for a session id. */
export function readRulesChangedMark(member: string): { tenantId: string; second: number } | null {
  const [, tenantId, second] = RULES.exec(member) ?? [];
  return tenantId === undefined ? null : { tenantId, second: Number(second) };
}
