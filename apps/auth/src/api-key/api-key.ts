import type { Permission, Role } from '#libs/contracts';
import type { ApiKey as ApiKeyView } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { randomBytes } from 'node:crypto';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  /** SHA-256 of the whole key; it has full entropy, so nothing slower is needed. */
  readonly hash: Buffer;
  readonly scopes: readonly Permission[];
  readonly role: Role;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** `hk_<prefix>_<secret>`: the prefix finds the key, the secret has 256 bits. */
export function newKeyText(): { key: string; prefix: string; hash: Buffer } {
  const prefix = [...randomBytes(12)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const key = `hk_${prefix}_${randomBytes(32).toString('base64url')}`;
  return { key, prefix, hash: sha256(key) };
}

export function apiKeyView(key: ApiKey, createdByName: string | null, now: Date): ApiKeyView {
  const { id, name, prefix, scopes, role, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = key;
  const isExpired = expiresAt !== null && expiresAt <= now;
  return {
    ...{ id, name, prefix, role, createdBy, createdByName },
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    status: revokedAt !== null ? 'revoked' : isExpired ? 'expired' : 'active',
  };
}
