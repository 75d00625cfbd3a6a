import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { rulesChangedMark } from '#libs/contracts/auth';
import { newId } from '#libs/kernel';
import { AccessTokens } from './access-tokens.js';
import { KeySet } from './key-set.js';
import { Revocations } from './revocations.js';

const now = Date.UTC(2026, 0, 15, 9);
const member = () => ({
  iss: 'harka',
  aud: newId(),
  sub: newId(),
  sid: newId(),
  name: 'A learner',
  email: 'learner@acme.example',
  role: 'learner',
  iat: now / 1000 - 10,
  exp: now / 1000 + 890,
});

interface Signing {
  readonly alg?: string;
  readonly typ?: string;
  readonly kid?: string;
  readonly key?: CryptoKey | Uint8Array;
}

describe(AccessTokens.name, () => {
  let privateKey: CryptoKey;
  let jwk: { kty: 'OKP'; crv: 'Ed25519'; alg: 'EdDSA'; use: 'sig'; kid: string; x: string };
  let foreignKey: CryptoKey;
  const clock = { at: now };
  let published: (typeof jwk)[];
  let fetches: number;
  let revoked: Set<string>;
  let revocations: Revocations;
  let tokens: AccessTokens;

  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    privateKey = pair.privateKey;
    const { x = '' } = await exportJWK(pair.publicKey);
    jwk = { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: 'k1', x };
    foreignKey = (await generateKeyPair('EdDSA')).privateKey;
  });

  beforeEach(() => {
    clock.at = now;
    published = [jwk];
    fetches = 0;
    revoked = new Set();
    revocations = new Revocations({
      store: { zrangebyscore: async () => [...revoked] },
      now: () => clock.at,
    });
    const fetchKeys = async () => {
      fetches += 1;
      return { keys: published };
    };
    tokens = new AccessTokens({
      keys: new KeySet(fetchKeys, () => clock.at),
      revocations,
      now: () => clock.at,
    });
  });

  const sign = async (claims: JWTPayload, signing: Signing = {}): Promise<string> => {
    const { alg = 'EdDSA', typ = 'at+jwt', kid = 'k1', key = privateKey } = signing;
    return new SignJWT(claims).setProtectedHeader({ alg, typ, kid }).sign(key);
  };
  const refused = { kind: 'unauthenticated', code: 'auth.token_invalid' };

  it('opens a passport for a member, with the permissions of his role', async () => {
    const claims = member();
    expect(await tokens.verify(await sign(claims))).toMatchObject({
      tenantId: claims.aud,
      actor: {
        kind: 'user',
        id: claims.sub,
        sessionId: claims.sid,
        permissions: ['courses.read', 'enrolments.self'],
      },
    });
  });

  it('opens a passport for an operator, in no tenant', async () => {
    const claims = { ...member(), aud: 'operator', role: undefined };
    const passport = await tokens.verify(await sign(claims));
    expect(passport).toMatchObject({
      tenantId: null,
      actor: { kind: 'operator', role: null, permissions: [] },
    });
  });

  it('verifies a token once, and looks every two seconds whether its session stands', async () => {
    const claims = member();
    const token = await sign(claims);
    const passport = await tokens.verify(token);
    expect(tokens.remembered(token)).toBe(passport);
    expect(await tokens.verify(token)).toBe(passport);
    clock.at += 2_000;
    expect(tokens.remembered(token)).toBeUndefined();
    // The same one: nothing was verified anew.
    expect(await tokens.verify(token)).toBe(passport);
    expect(tokens.remembered(token)).toBe(passport);
    clock.at += 2_000;
    revoked.add(claims.sid);
    await revocations.look();
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
    expect(tokens.remembered(token)).toBeUndefined();
  });

  it('believes nothing that a key signed which was taken back', async () => {
    const token = await sign(member());
    await tokens.verify(token);
    published = [];
    clock.at += 11 * 60_000;
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
  });

  it('does not remember a token beyond its own end', async () => {
    const token = await sign({ ...member(), exp: now / 1000 + 5 });
    await tokens.verify(token);
    clock.at += 5_000;
    expect(tokens.remembered(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
  });

  it('refuses a session that has ended', async () => {
    const claims = member();
    revoked.add(claims.sid);
    await expect(tokens.verify(await sign(claims))).rejects.toMatchObject(refused);
  });

  it('forgets a session as soon as it hears of its end, also while it is being verified', async () => {
    const claims = member();
    const token = await sign(claims);
    await tokens.verify(token);
    revocations.hear(claims.sid);
    tokens.forgetSession(claims.sid);
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
  });

  it('believes tokens for their short life while Redis is away', async () => {
    const away = new Revocations({
      store: { zrangebyscore: async () => Promise.reject(new Error('away')) },
    });
    const keys = { find: async () => importJWK(jwk, 'EdDSA') };
    const patient = new AccessTokens({ keys, revocations: away, now: () => clock.at });
    await expect(patient.verify(await sign(member()))).resolves.toMatchObject({ actor: { kind: 'user' } });
  });

  it.each<[string, (claims: ReturnType<typeof member>) => JWTPayload, Signing]>([
    [
      'another key',
      (claims) => claims,
      {
        get key() {
          return foreignKey;
        },
      },
    ],
    ['another issuer', (claims) => ({ ...claims, iss: 'evil' }), {}],
    ['no tenant', (claims) => ({ ...claims, aud: 'everybody' }), {}],
    ['two tenants', (claims) => ({ ...claims, aud: [claims.aud, newId()] }), {}],
    ['no session', (claims) => ({ ...claims, sid: 'none' }), {}],
    ['a made-up role', (claims) => ({ ...claims, role: 'emperor' }), {}],
    ['an end in the past', (claims) => ({ ...claims, exp: now / 1000 - 1 }), {}],
    ['no end', (claims) => ({ ...claims, exp: undefined }) as unknown as JWTPayload, {}],
    ['a type that is no access token', (claims) => claims, { typ: 'JWT' }],
    ['a key id that nobody knows', (claims) => claims, { kid: 'k2' }],
    ['a symmetric algorithm', (claims) => claims, { alg: 'HS256', key: Buffer.alloc(32, 1) }],
  ])('refuses a token with %s', async (_, change, signing) => {
    await expect(tokens.verify(await sign(change(member()), signing))).rejects.toMatchObject(refused);
  });

  it.each(['', 'x', 'a.b.c', '.'.repeat(5_000)])('refuses %p', async (token) => {
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
  });

  it('refuses an unsigned token', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none', typ: 'at+jwt', kid: 'k1' })}.${part(member())}.`;
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
  });

  it('asks for the keys once, however many tokens come', async () => {
    await Promise.all(Array.from({ length: 20 }, async () => tokens.verify(await sign(member()))));
    expect(fetches).toBe(1);
  });

  it('finds a new key at once, but does not ask for each made-up one', async () => {
    await tokens.verify(await sign(member()));
    clock.at += 6_000;
    for (let index = 0; index < 10; index += 1) {
      await expect(tokens.verify(await sign(member(), { kid: `made-up-${index}` }))).rejects.toMatchObject(
        refused,
      );
    }
    expect(fetches).toBe(2);
  });

  it('says that signing in is away, and not that the token is bad, when auth was never reached', async () => {
    const keys = new KeySet(async () => Promise.reject(new Error('down')));
    const lost = new AccessTokens({ keys, revocations, now: () => clock.at });
    await expect(lost.verify(await sign(member()))).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('wants a token anew that was given out before the rules of its academy changed, within two seconds', async () => {
    const [claims, other] = [member(), member()];
    const [token, elsewhere] = [await sign(claims), await sign(other)];
    await Promise.all([tokens.verify(token), tokens.verify(elsewhere)]);
    revoked.add(rulesChangedMark(claims.aud, new Date(clock.at)));
    clock.at += 2_000;
    await revocations.look();
    expect(tokens.remembered(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
    await expect(tokens.verify(elsewhere)).resolves.toBeDefined();
    const fresh = await sign({ ...claims, iat: clock.at / 1000 });
    await expect(tokens.verify(fresh)).resolves.toMatchObject({ tenantId: claims.aud });
  });
});
