import { randomBytes } from 'node:crypto';
import { equalSecrets, hmacSha256, sha256 } from '#libs/crypto';

/**
 * The refresh tokens of one session are a chain: each secret follows from the one before and from a salt that never
 * leaves the database, so the successor of a token is always the same one. Stored are the salt and the hash of the
 * newest secret. With them any earlier token of the chain can be told from an invented one, and none can be made.
 */
export interface RefreshChain {
  readonly hash: Buffer;
  readonly salt: Buffer;
  /** How many tokens came before the newest. */
  readonly generation: number;
  /** When the newest was given out. */
  readonly refreshedAt: Date;
}

/** What a refresh token says. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly generation: number;
  readonly secret: Buffer;
}

/**
 * How long a spent token still gets its successor: for tabs that refresh at once, and for an answer that got lost.
 * It is the one successor that everybody gets, so the chain does not fork: if a thief and the owner both have it, the
 * one who comes second with it, after the grace, is found out.
 */
export const GRACE_SECONDS = 20;
/** A chain of so many tokens ends; it bounds the work of following an old token to the newest. */
export const LONGEST_CHAIN = 10_000;

const ID_BYTES = 16;
const SECRET_BYTES = 32;
const TOKEN_BYTES = ID_BYTES + 4 + SECRET_BYTES;

export function startChain(sessionId: string, now: Date): { chain: RefreshChain; token: string } {
  const [secret, salt] = [randomBytes(SECRET_BYTES), randomBytes(SECRET_BYTES)];
  const chain = { hash: sha256(secret), salt, generation: 0, refreshedAt: now };
  return { chain, token: formatToken({ sessionId, generation: 0, secret }) };
}

/** What came of a token that was shown. */
export type Presented =
  | { readonly kind: 'rotated'; readonly chain: RefreshChain; readonly token: string }
  /** Spent a moment ago: here is its successor once more. */
  | { readonly kind: 'repeated'; readonly token: string }
  /** Was a token of this chain, and is spent: somebody has a copy. */
  | { readonly kind: 'reused' }
  /** Never was a token of this chain. */
  | { readonly kind: 'unknown' };

export function present(
  chain: RefreshChain,
  token: RefreshToken,
  now: Date,
  isSameDevice: boolean,
): Presented {
  const steps = chain.generation - token.generation;
  if (steps < 0 || steps > LONGEST_CHAIN) return { kind: 'unknown' };
  const newest = follow(chain, token.secret, steps);
  if (!equalSecrets(sha256(newest), chain.hash)) return { kind: 'unknown' };
  if (steps === 0) return rotate(chain, token, now);
  const age = now.getTime() - chain.refreshedAt.getTime();
  if (steps > 1 || age > GRACE_SECONDS * 1000 || !isSameDevice) return { kind: 'reused' };
  return { kind: 'repeated', token: formatToken({ ...token, generation: chain.generation, secret: newest }) };
}

function rotate(chain: RefreshChain, { sessionId, secret }: RefreshToken, now: Date): Presented {
  const next = follow(chain, secret, 1);
  const generation = chain.generation + 1;
  return {
    kind: 'rotated',
    chain: { ...chain, hash: sha256(next), generation, refreshedAt: now },
    token: formatToken({ sessionId, generation, secret: next }),
  };
}

function follow({ salt }: RefreshChain, secret: Buffer, steps: number): Buffer {
  let current = secret;
  for (let step = 0; step < steps; step += 1) current = hmacSha256(salt, current);
  return current;
}

function formatToken({ sessionId, generation, secret }: RefreshToken): string {
  const bytes = Buffer.alloc(TOKEN_BYTES);
  bytes.write(sessionId.replaceAll('-', ''), 0, 'hex');
  bytes.writeUInt32BE(generation, ID_BYTES);
  secret.copy(bytes, ID_BYTES + 4);
  return bytes.toString('base64url');
}

/** Null for what has not the form of a refresh token. */
export function parseToken(text: string): RefreshToken | null {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== text) return null;
  const hex = bytes.toString('hex', 0, ID_BYTES);
  return {
    sessionId: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
      '-',
    ),
    generation: bytes.readUInt32BE(ID_BYTES),
    secret: bytes.subarray(ID_BYTES + 4),
  };
}
