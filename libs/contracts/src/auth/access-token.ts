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
  /** RFC 8693: the operator who acts as this person. */
  act: z.object({ sub: z.string(), name: z.string() }).optional(),
});
export type MemberClaims = z.infer<typeof memberClaims>;

/** What an operator's access token says; good on the admin host only. */
export const operatorClaims = z.object({ ...common, aud: z.literal(OPERATOR_AUDIENCE) });
export type OperatorClaims = z.infer<typeof operatorClaims>;

/**
 * The Redis key that is there while an ended session may still have an access token that has not expired.
 * Whoever accepts access tokens looks for it.
 */
export function revokedSessionKey(sessionId: string): string {
  return `revoked:session:${sessionId}`;
}
