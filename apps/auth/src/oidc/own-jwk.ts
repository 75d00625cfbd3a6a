import { createPublicKey, type KeyObject } from 'node:crypto';
import { sha256 } from '#libs/crypto';

/** The id of a key of ours: it follows from the key. */
export function ownKeyId(key: KeyObject): string {
  return sha256(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    .toString('base64url')
    .slice(0, 22);
}

/** The public half, as a provider reads it (RFC 7517). */
export function ownJwk(key: KeyObject): Record<string, unknown> {
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  return { ...jwk, kid: ownKeyId(key), use: 'sig', alg: 'RS256' };
}
