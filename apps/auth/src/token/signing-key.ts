import { ACCESS_TOKEN_LIFETIME } from '#libs/contracts/auth';

/** A key pair (Ed25519) that signs access tokens for a while. */
export interface SigningKey {
  readonly kid: string;
  /** `x` of the public JWK. */
  readonly publicKey: string;
  /** The private key (PKCS #8), wrapped by the KeyProvider. */
  readonly privateKey: Buffer;
  readonly createdAt: Date;
  readonly activeFrom: Date;
  readonly activeUntil: Date;
  readonly revokedAt: Date | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const keyTimes = {
  /** How long a key signs. */
  activeMs: 30 * DAY,
  /** How long before that it is published: longer than anybody keeps a copy of the key set. */
  leadMs: 60 * MINUTE,
  /** How long after that it stays published: until what it signed has expired. */
  retainMs: ACCESS_TOKEN_LIFETIME * 1000 + 5 * MINUTE,
} as const;

/** The key to sign with now. */
export function signerAt(keys: readonly SigningKey[], now: Date): SigningKey | undefined {
  return keys
    .filter(
      ({ activeFrom, activeUntil, revokedAt }) =>
        activeFrom <= now && now < activeUntil && revokedAt === null,
    )
    .toSorted((a, b) => b.activeFrom.getTime() - a.activeFrom.getTime())
    .at(0);
}

/** The keys whose signatures hold now, or soon will. */
export function publishedAt(keys: readonly SigningKey[], now: Date): readonly SigningKey[] {
  const oldest = now.getTime() - keyTimes.retainMs;
  return keys.filter(({ activeUntil, revokedAt }) => revokedAt === null && activeUntil.getTime() > oldest);
}

/** When a key has to start that does not exist yet; null while there are enough. */
export function nextStart(keys: readonly SigningKey[], now: Date): Date | null {
  if (signerAt(keys, now) === undefined) return now;
  const last = Math.max(
    ...keys.filter(({ revokedAt }) => revokedAt === null).map(({ activeUntil }) => activeUntil.getTime()),
  );
  return last - now.getTime() > keyTimes.leadMs ? null : new Date(last);
}
