import {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_ISSUER,
  ACCESS_TOKEN_LIFETIME,
  ACCESS_TOKEN_TYPE,
} from '#libs/contracts/auth';
import type { Clock } from '#libs/kernel';
import { SignJWT } from 'jose';
import type { SigningKeyRing } from './signing-key-ring.js';
import { TokenIssuer, type TokenSubject } from './token-issuer.js';

/** Access tokens as JWTs (RFC 9068), signed with EdDSA by the newest key of the ring. */
export class JoseTokenIssuer extends TokenIssuer {
  constructor(
    private readonly ring: SigningKeyRing,
    private readonly clock: Clock,
  ) {
    super();
  }

  async issue({ stepUpUntil, ...subject }: TokenSubject): Promise<string> {
    const { id, name, email, sessionId, role, audience, acting } = subject;
    const { kid, key } = await this.ring.signer();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const act = acting === undefined ? {} : { act: { sub: acting.id, name: acting.name } };
    const sut = stepUpUntil === undefined ? {} : { sut: stepUpUntil };
    const until = acting === undefined ? Infinity : Math.floor(acting.until.getTime() / 1000);
    return new SignJWT({ sid: sessionId, name, email, ...(role !== null && { role }), ...act, ...sut })
      .setProtectedHeader({ alg: ACCESS_TOKEN_ALGORITHM, typ: ACCESS_TOKEN_TYPE, kid })
      .setIssuer(ACCESS_TOKEN_ISSUER)
      .setSubject(id)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(Math.min(until, now + ACCESS_TOKEN_LIFETIME))
      .sign(key);
  }
}
