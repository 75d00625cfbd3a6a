import { permission, plan, role, serviceNames, tenantStatus, type ServiceName } from '#libs/contracts';
import { DomainError } from '#libs/kernel';
import { importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';
import type { Actor, RequestContext, TenantRef } from './request-context.js';

/** Seconds that a signed context lives. */
export const CONTEXT_LIFETIME = 30;
const ALGORITHM = 'EdDSA';

/** An Ed25519 JWK whose `kid` is the name of its service; `d` only where the service itself runs. */
export const serviceKey = z.looseObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.enum(serviceNames),
  x: z.string(),
  d: z.string().optional(),
});
export type ServiceKey = z.infer<typeof serviceKey>;

const claims = z.object({
  tenant: z
    .object({ id: z.uuid(), slug: z.string(), name: z.string(), plan, status: tenantStatus })
    .nullable(),
  actor: z.object({
    kind: z.enum(['user', 'api_key', 'operator', 'service', 'anonymous']),
    id: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    role: role.nullable(),
    permissions: z.array(permission),
    sessionId: z.string().nullable(),
    stepUpUntil: z.int().optional(),
    by: z.object({ id: z.string(), name: z.string() }).optional(),
  }),
  exp: z.number(),
});

/** Who acts in which tenant: the part of a context that is signed. The rest travels as plain headers. */
export interface Identity {
  readonly tenant: TenantRef | null;
  readonly actor: Actor;
}

/** Signs identities in the name of one service (JWS, RFC 7515, EdDSA). */
export class ContextSigner {
  private constructor(
    private readonly service: ServiceName,
    private readonly key: CryptoKey | Uint8Array,
  ) {}

  /** @throws Error when `keys` holds no private key of `service`. */
  static async of(service: ServiceName, keys: readonly ServiceKey[]): Promise<ContextSigner> {
    const own = keys.find(({ kid, d }) => kid === service && d !== undefined);
    if (own === undefined) throw new Error(`HARKA_SERVICE_KEYS holds no private key of ${service}.`);
    return new ContextSigner(service, await importJWK(own as JWK, ALGORITHM));
  }

  /** A token for `audience`, good for `CONTEXT_LIFETIME` seconds from `now`. */
  async sign({ tenant, actor }: Identity, audience: ServiceName, now = new Date()): Promise<string> {
    const seconds = Math.floor(now.getTime() / 1000);
    return new SignJWT({ tenant, actor })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.service })
      .setIssuer(this.service)
      .setAudience(audience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + CONTEXT_LIFETIME)
      .sign(this.key);
  }
}

const REMEMBERED_TOKENS = 5_000;

/** Verifies identities addressed to one service. A token that passed once is remembered until it expires. */
export class ContextVerifier {
  private readonly verified = new Map<string, { identity: Identity; expires: number }>();

  private constructor(
    private readonly service: ServiceName,
    private readonly keys: ReadonlyMap<string, CryptoKey | Uint8Array>,
  ) {}

  static async of(service: ServiceName, keys: readonly ServiceKey[]): Promise<ContextVerifier> {
    const imported = keys.map(async ({ kty, crv, kid, x }) => {
      // Only the public half: to check is not to sign.
      return [kid, await importJWK({ kty, crv, x }, ALGORITHM)] as const;
    });
    return new ContextVerifier(service, new Map(await Promise.all(imported)));
  }

  /** The identity if it was verified before and still holds: the way without a promise. */
  remembered(token: string, now = Date.now()): Identity | undefined {
    const known = this.verified.get(token);
    return known !== undefined && known.expires > now ? known.identity : undefined;
  }

  /** @throws DomainError `context.invalid` when the token is forged, expired or addressed to another service. */
  async verify(token: string, now = new Date()): Promise<Identity> {
    const known = this.remembered(token, now.getTime());
    if (known !== undefined) return known;
    const { identity, expires } = await this.open(token, now);
    if (this.verified.size >= REMEMBERED_TOKENS) this.forgetExpired(now.getTime());
    this.verified.set(token, { identity, expires });
    return identity;
  }

  private async open(token: string, now: Date): Promise<{ identity: Identity; expires: number }> {
    try {
      const { payload, protectedHeader } = await jwtVerify(
        token,
        ({ kid }) => {
          const key = kid === undefined ? undefined : this.keys.get(kid);
          if (key === undefined) throw new Error('The key is not one of a service.');
          return key;
        },
        { algorithms: [ALGORITHM], audience: this.service, currentDate: now },
      );
      if (payload.iss !== protectedHeader.kid) throw new Error('The issuer is not the owner of the key.');
      const { tenant, actor, exp } = claims.parse(payload);
      return { identity: { tenant, actor }, expires: exp * 1000 };
    } catch (cause) {
      throw new DomainError('unauthenticated', 'context.invalid', 'The signed context does not hold.', {
        cause,
      });
    }
  }

  private forgetExpired(now: number): void {
    for (const [token, { expires }] of this.verified) if (expires <= now) this.verified.delete(token);
    if (this.verified.size >= REMEMBERED_TOKENS) this.verified.clear();
  }
}

/** The identity of a context, ready to be signed. */
export function identityOf({ tenant, actor }: RequestContext): Identity {
  return { tenant, actor };
}
