import type { Issuer as IssuerView } from '#libs/contracts/auth';

export type IssuerAlgorithm = 'RS256' | 'ES256' | 'EdDSA';
export const issuerAlgorithms: readonly IssuerAlgorithm[] = ['RS256', 'ES256', 'EdDSA'];

/** A key that the academy signs ID tokens with, as apps see it. */
export interface IssuerKey {
  readonly kid: string;
  readonly algorithm: IssuerAlgorithm;
  readonly publicKey: Readonly<Record<string, unknown>>;
  /** The private JWK, sealed. */
  readonly privateKey: Buffer;
  readonly createdAt: Date;
  readonly activeFrom: Date;
  readonly activeUntil: Date;
  readonly revokedAt: Date | null;
}

/** An academy that apps sign people in by. */
export interface Issuer {
  /** Fixed with the first app: apps pin it. */
  readonly origin: string;
  readonly pairwiseSalt: Buffer;
  readonly keys: readonly IssuerKey[];
}

const DAY = 86_400_000;
export const issuerKeyTimes = {
  /** So long a key signs … */
  activeMs: 90 * DAY,
  /** … and so long before that apps see it already … */
  leadMs: 2 * DAY,
  /** … and so long after that they still do. */
  retainMs: 7 * DAY,
} as const;

export const issuerPath = '/oidc';
export const issuerOf = ({ origin }: Pick<Issuer, 'origin'>): string => `${origin}${issuerPath}`;

export function signingKeys({ keys }: Pick<Issuer, 'keys'>, now: Date): IssuerKey[] {
  return keys.filter((key) => stateOf(key, now) === 'active');
}

/** What apps see, in the order in which it signs: the library takes the first of an algorithm. */
export function publishedKeys({ keys }: Pick<Issuer, 'keys'>, now: Date): IssuerKey[] {
  const order = { active: 0, next: 1, retired: 2, gone: 3 } as const;
  return keys
    .filter((key) => stateOf(key, now) !== 'gone')
    .sort(
      (one, other) =>
        order[stateOf(one, now)] - order[stateOf(other, now)] ||
        other.activeFrom.getTime() - one.activeFrom.getTime(),
    );
}

/** When the next keys have to begin, or null while it is too early to make them. */
export function nextKeysFrom(keys: readonly IssuerKey[], now: Date): Date | null {
  const ends = keys.filter(({ revokedAt }) => revokedAt === null).map(({ activeUntil }) => +activeUntil);
  const last = Math.max(0, ...ends);
  if (last > now.getTime() + issuerKeyTimes.leadMs) return null;
  return new Date(Math.max(last, now.getTime()));
}

function stateOf({ activeFrom, activeUntil, revokedAt }: IssuerKey, now: Date) {
  if (revokedAt !== null) return 'gone';
  if (activeFrom > now) return 'next';
  if (activeUntil > now) return 'active';
  return now.getTime() - activeUntil.getTime() < issuerKeyTimes.retainMs ? 'retired' : 'gone';
}

export function issuerView(issuer: Issuer, now: Date): IssuerView {
  const base = issuerOf(issuer);
  return {
    issuer: base,
    discoveryUrl: `${base}/.well-known/openid-configuration`,
    authorizationEndpoint: `${base}/auth`,
    tokenEndpoint: `${base}/token`,
    userinfoEndpoint: `${base}/me`,
    endSessionEndpoint: `${base}/session/end`,
    jwksUri: `${base}/jwks`,
    keys: publishedKeys(issuer, now).map((key) => {
      const state = stateOf(key, now);
      return {
        ...{ kid: key.kid, algorithm: key.algorithm, state: state === 'gone' ? 'retired' : state },
        activeFrom: key.activeFrom.toISOString(),
        activeUntil: key.activeUntil.toISOString(),
      };
    }),
  };
}
