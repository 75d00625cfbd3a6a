import { permissionsOfRole } from '#libs/contracts';
import {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_ISSUER,
  ACCESS_TOKEN_TYPE,
  memberClaims,
  OPERATOR_AUDIENCE,
  operatorClaims,
} from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import { anonymous } from '#libs/tenancy';
import { jwtVerify, type JWTPayload } from 'jose';
import { BoundedMap } from '../bounded-map.js';
import type { KeySet } from './key-set.js';
import { passportOf, type Passport } from './passport.js';
import type { Revocations } from './revocations.js';

/** A token whose signature holds, which does not change for as long as its key is published. */
interface Known {
  readonly passport: Passport;
  readonly kid: string;
  readonly expires: number;
  /** The second in which it was given out. */
  readonly issued: number;
  /** Believed until then without asking whether its session has ended. */
  believedUntil: number;
}

export interface AccessTokensOptions {
  readonly keys: Pick<KeySet, 'find'>;
  readonly revocations: Pick<Revocations, 'isRevoked' | 'isOutdated'>;
  readonly capacity?: number;
  readonly now?: () => number;
}

/** After so long it is looked at again whether the session and the key still stand. */
const BELIEVED_FOR = 2_000;
const LONGEST_TOKEN = 4_096;

/** Verifies each access token once, and looks every two seconds whether its session and its key still stand. */
export class AccessTokens {
  private readonly known: BoundedMap<string, Known>;
  private readonly now: () => number;

  constructor(private readonly options: AccessTokensOptions) {
    this.known = new BoundedMap(options.capacity ?? 10_000);
    this.now = options.now ?? Date.now;
  }

  /** The passport of a token that was looked at a moment ago: the way without a promise. */
  remembered(token: string): Passport | undefined {
    const known = this.known.get(token);
    return known !== undefined && known.believedUntil > this.now() ? known.passport : undefined;
  }

  /** @throws DomainError `auth.token_invalid` for whatever is no token of ours that holds now */
  async verify(token: string): Promise<Passport> {
    const known = (await this.standing(token)) ?? (await this.open(token));
    const sessionId = known.passport.actor.sessionId ?? '';
    if (await this.options.revocations.isRevoked(sessionId)) {
      this.known.delete(token);
      throw tokenInvalid('This session has ended.');
    }
    const { tenantId } = known.passport;
    if (tenantId !== null && this.options.revocations.isOutdated(tenantId, known.issued)) {
      this.known.delete(token);
      throw tokenInvalid('The rules for sessions have changed. Refresh it.');
    }
    known.believedUntil = Math.min(known.expires, this.now() + BELIEVED_FOR);
    this.known.set(token, known);
    return known.passport;
  }

  /** The session ended: its tokens are not believed any more. */
  forgetSession(sessionId: string): void {
    this.known.sweep(({ passport }) => passport.actor.sessionId === sessionId);
  }

  /** A signing key was taken back: everything is verified anew. */
  forgetAll(): void {
    this.known.clear();
  }

  /** What is known of a token that has not run out and whose key has not been taken back. */
  private async standing(token: string): Promise<Known | undefined> {
    const known = this.known.get(token);
    if (known === undefined || known.expires <= this.now()) return undefined;
    return (await this.options.keys.find(known.kid)) === undefined ? undefined : known;
  }

  private async open(token: string): Promise<Known> {
    try {
      if (token.length > LONGEST_TOKEN) throw new Error('The token is too long.');
      const { payload, protectedHeader } = await jwtVerify(token, async ({ kid = '' }) => this.keyOf(kid), {
        algorithms: [ACCESS_TOKEN_ALGORITHM],
        issuer: ACCESS_TOKEN_ISSUER,
        typ: ACCESS_TOKEN_TYPE,
        currentDate: new Date(this.now()),
      });
      return {
        passport: passportFrom(payload),
        kid: protectedHeader.kid ?? '',
        expires: (payload.exp ?? 0) * 1000,
        issued: payload.iat ?? 0,
        believedUntil: 0,
      };
    } catch (cause) {
      if (cause instanceof DomainError) throw cause;
      throw tokenInvalid('The access token does not hold. Sign in again.', cause);
    }
  }

  private async keyOf(kid: string) {
    const key = await this.options.keys.find(kid);
    if (key === undefined) throw new Error('No key of that name.');
    return key;
  }
}

function passportFrom(payload: JWTPayload): Passport {
  if (payload.aud === OPERATOR_AUDIENCE) {
    const { sub, name, email, sid } = operatorClaims.parse(payload);
    return passportOf(null, { ...anonymous, kind: 'operator', id: sub, name, email, sessionId: sid });
  }
  const { sub, name, email, role, sid, aud, act, sut } = memberClaims.parse(payload);
  const permissions = permissionsOfRole(role);
  const by = act === undefined ? {} : { by: { id: act.sub, name: act.name } };
  const stepUp = sut === undefined ? {} : { stepUpUntil: sut };
  return passportOf(aud, {
    kind: 'user',
    id: sub,
    name,
    email,
    role,
    permissions,
    sessionId: sid,
    ...by,
    ...stepUp,
  });
}

function tokenInvalid(message: string, cause?: unknown): DomainError {
  return new DomainError('unauthenticated', 'auth.token_invalid', message, { cause });
}
