import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** An unguessable token in base64url; 32 bytes are 43 characters. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** What is stored of a token that has full entropy. Not for passwords. */
export function sha256(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

export function hmacSha256(key: Buffer, content: string | Buffer): Buffer {
  return createHmac('sha256', key).update(content).digest();
}

/** Compares without telling by the time it takes where, or whether in length, the two differ. */
export function equalSecrets(a: string | Buffer, b: string | Buffer): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** A key of its own for one purpose (HKDF-SHA-256, RFC 5869), so that no secret is used for two things. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `harka ${purpose}`, 32));
}
