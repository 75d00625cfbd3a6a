import type { ScimToken as ScimTokenView } from '#libs/contracts/auth';
import { randomToken, sha256 } from '#libs/crypto';
import { anonymous, type Actor } from '#libs/tenancy';

export interface ScimToken {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  /** SHA-256 of the whole token; it has full entropy, so nothing slower is needed. */
  readonly hash: Buffer;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export const MOST_SCIM_TOKENS = 10;
const FORM = /^Bearer +(hs_[A-Za-z0-9_-]{43}) *$/i;

export function newScimTokenText(): {
  readonly token: string;
  readonly prefix: string;
  readonly hash: Buffer;
} {
  const token = `hs_${randomToken()}`;
  return { token, prefix: token.slice(0, 11), hash: sha256(token) };
}

/** The hash of the token of an Authorization header, or null where it is none. */
export function shownHash(authorization: string | undefined): Buffer | null {
  const token = FORM.exec(authorization ?? '')?.[1];
  return token === undefined ? null : sha256(token);
}

export function isGood({ expiresAt, revokedAt }: ScimToken, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/** Who acts: may do with people what an admin may, and so nothing to owners. */
export function scimActor({ id, name }: ScimToken): Actor {
  return { ...anonymous, kind: 'api_key', id, name: `SCIM: ${name}`, role: 'admin' };
}

export function scimTokenView(token: ScimToken, now: Date): ScimTokenView {
  const { id, name, prefix, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  return {
    ...{ id, name, prefix, createdBy },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    status: revokedAt !== null ? 'revoked' : isGood(token, now) ? 'active' : 'expired',
  };
}
