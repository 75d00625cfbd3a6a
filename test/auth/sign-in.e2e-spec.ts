import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { problem } from '#libs/contracts';
import { createApiKey, getJsonWebKeySet, getMe, listUsers, refresh } from '#libs/contracts/auth';
import { decodeJwt, decodeProtectedHeader, exportJWK, SignJWT } from 'jose';
import { acceptInvitation, anAcademy, type Academy } from '../support/academy.js';
import { mailedToken } from '../support/outbox.js';
import { DEMO_PASSWORD, Site, type Answer } from '../support/platform.js';

const codeOf = ({ json }: Answer) => problem.parse(json).code;
const cookiesOf = ({ headers }: Answer) => [headers['set-cookie'] ?? []].flat();
/** What a browser would send back of it. */
const jarOf = (answer: Answer) =>
  cookiesOf(answer)
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

describe('signing in through the gateway', () => {
  let academy: Academy;
  let site: Site;

  beforeAll(async () => {
    academy = await anAcademy(`sign-in-${Date.now().toString(36)}`);
    site = new Site(academy.slug);
  }, 120_000);

  const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}, at = site) =>
    at.call({ method: 'POST', path, body, headers });
  const credentials = () => ({ email: academy.ownerEmail, password: academy.password });
  const enter = async (path = '/api/v1/auth/login') => post(path, credentials());
  const me = (headers: Record<string, string>, at = site) => at.call({ path: '/api/v1/auth/me', headers });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it.each(['/api/v1/auth', '/api/auth'])('keeps its promise at %s', async (base) => {
    const answer = await enter(`${base}/login`);
    const { accessToken, expiresIn, user } = refresh.response.parse(answer.json);
    expect(expiresIn).toBeLessThanOrEqual(900);
    expect(user).toMatchObject({ email: academy.ownerEmail, role: 'owner' });
    const mine = await site.call({ path: `${base}/me`, headers: bearer(accessToken) });
    expect(getMe.response.parse(mine.json)).toMatchObject({ id: user.id, email: user.email });
    const registered = await post(`${base}/register`, { ...credentials(), name: 'X' });
    expect([registered.status, codeOf(registered)]).toEqual([403, 'auth.registration_closed']);
    const out = await post(`${base}/logout`, {}, bearer(accessToken));
    expect(out.status).toBe(204);
    await delay(1_000);
    expect((await me(bearer(accessToken))).status).toBe(401);
  });

  it('gives cookies that no script can read, for this host alone, and no token of theirs in the body', async () => {
    const answer = await enter();
    const cookies = cookiesOf(answer);
    expect(cookies).toHaveLength(2);
    expect(cookies[0]).toMatch(/^harka_session=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900$/);
    expect(cookies[1]).toMatch(/^harka_refresh=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    expect(answer.json).not.toHaveProperty('refreshToken');
    expect((await me({ cookie: jarOf(answer) })).status).toBe(200);
  });

  it('rotates by the cookie, and ends the session when the old one comes back from elsewhere', async () => {
    const first = await enter();
    const second = await post('/api/v1/auth/refresh', {}, { cookie: jarOf(first) });
    expect(second.status).toBe(200);
    refresh.response.parse(second.json);
    expect(jarOf(second)).not.toBe(jarOf(first));
    const theft = await post('/api/v1/auth/refresh', {}, { cookie: jarOf(first), 'user-agent': 'elsewhere' });
    expect([theft.status, codeOf(theft)]).toEqual([401, 'auth.session_ended']);
    await delay(1_000);
    expect((await post('/api/v1/auth/refresh', {}, { cookie: jarOf(second) })).status).toBe(401);
    expect((await me({ cookie: jarOf(second) })).status).toBe(401);
  });

  it('gives programs their refresh token in the body, and no cookies', async () => {
    const answer = await post('/api/v1/auth/login', { ...credentials(), delivery: 'body' });
    expect(cookiesOf(answer)).toEqual([]);
    const { refreshToken } = refresh.response.parse(answer.json);
    const again = await post('/api/v1/auth/refresh', { refreshToken });
    expect(refresh.response.parse(again.json).refreshToken).toEqual(expect.any(String));
    expect((await post('/api/v1/auth/refresh')).status).toBe(401);
  });

  it('ends another of my sessions within a second', async () => {
    const [mine, other] = [await enter(), await enter()];
    const [token, lost] = [mine, other].map(({ json }) => refresh.response.parse(json).accessToken) as [
      string,
      string,
    ];
    const { sid } = decodeJwt(lost) as { sid: string };
    const ended = await site.call({
      method: 'DELETE',
      path: `/api/v1/auth/sessions/${sid}`,
      headers: bearer(token),
    });
    expect(ended.status).toBe(204);
    await delay(1_000);
    expect((await me(bearer(lost))).status).toBe(401);
    expect((await me(bearer(token))).status).toBe(200);
  });

  it('takes no token that it did not sign for this academy', async () => {
    const { accessToken } = refresh.response.parse((await enter()).json);
    const claims = decodeJwt(accessToken);
    const header = decodeProtectedHeader(accessToken);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const stranger = generateKeyPairSync('ed25519');
    const forged = (protectedHeader: object, key: Parameters<SignJWT['sign']>[0] = stranger.privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...protectedHeader }).sign(key);
    const [published] = getJsonWebKeySet.response.parse(await site.get('/.well-known/jwks.json')).keys;
    const asSecret = Buffer.from(published?.x ?? '', 'base64url');
    const [head = '', body = '', signature = ''] = accessToken.split('.');
    const attempts: Record<string, string> = {
      'alg none': `${part({ ...header, alg: 'none' })}.${part(claims)}.`,
      'none with a signature': `${part({ ...header, alg: 'none' })}.${body}.${signature}`,
      'another key under our name': await forged({ kid: header.kid ?? '' }),
      'an unknown key': await forged({ kid: 'nobody' }),
      'a path for a key': await forged({ kid: '../../dev/null' }),
      'a key that it brings itself': await forged({
        kid: header.kid ?? '',
        jwk: await exportJWK(stranger.publicKey),
      }),
      'a key from elsewhere': await forged({ kid: header.kid ?? '', jku: 'https://evil.example/jwks.json' }),
      'our public key as a secret': await forged({ alg: 'HS256', kid: header.kid ?? '' }, asSecret),
      'other claims': `${head}.${part({ ...claims, role: 'owner', sub: randomUUID() })}.${signature}`,
      'another signature': `${head}.${body}.${'A'.repeat(86)}`,
    };
    for (const [what, token] of Object.entries(attempts)) {
      expect([what, (await me(bearer(token))).status]).toEqual([what, 401]);
    }
  });

  it('takes nothing of one academy at another', async () => {
    const answer = await enter();
    const { accessToken } = refresh.response.parse(answer.json);
    const elsewhere = new Site('globex');
    expect((await me(bearer(accessToken), elsewhere)).status).toBe(403);
    expect([401, 403]).toContain((await me({ cookie: jarOf(answer) }, elsewhere)).status);
    const onlyRefresh = { cookie: jarOf(answer).replace(/^harka_session=[^;]*; /, '') };
    expect((await post('/api/v1/auth/refresh', {}, onlyRefresh, elsewhere)).status).toBe(401);
    expect((await post('/api/v1/auth/refresh', {}, onlyRefresh)).status).toBe(200);
    expect((await post('/api/v1/auth/login', credentials(), {}, elsewhere)).status).toBe(401);
    const operator = await new Site('admin').call({
      path: '/api/v1/operator/tenants',
      headers: bearer(accessToken),
    });
    expect([401, 403]).toContain(operator.status);
  });

  it('says the same to a wrong password and to nobody', async () => {
    const told = async (email: string) => {
      const { status, json } = await post('/api/v1/auth/login', { email, password: 'wrong horse battery' });
      return { status, ...(json as object), requestId: '' };
    };
    expect(await told(academy.ownerEmail)).toEqual(await told(`nobody-${Date.now()}@acme.example`));
  });

  it('answers a bad body with where it is bad', async () => {
    const bad: readonly (readonly [string, unknown])[] = [
      ['/email', { email: 'x', password: 'y' }],
      ['/password', { email: 'a@b.example', password: 'x'.repeat(1_001) }],
      ['/password', { email: 'a@b.example', password: { $ne: null } }],
      ['/extra', { email: 'a@b.example', password: 'y', extra: 1 }],
      ['/email', { email: 'a\u0000@b.example', password: 'y' }],
    ];
    for (const [pointer, body] of bad) {
      const answer = await post('/api/v1/auth/login', body);
      expect(answer.status).toBe(400);
      expect(problem.parse(answer.json).errors?.map((fault) => fault.pointer)).toContain(pointer);
    }
    for (const odd of ['\ud800'.repeat(12), 'long enough\u0000', '👩‍👩‍👧'.repeat(30)]) {
      const answer = await post('/api/v1/auth/login', { email: 'a@b.example', password: odd });
      expect(answer.status).toBe(401);
    }
  });

  it('invites, lets in, resets by mail and takes access away, all over HTTP', async () => {
    const email = `person-${Date.now().toString(36)}@acme.example`;
    const invited = await academy.owner.call({
      ...{ method: 'POST', path: '/api/v1/users', body: { email, name: 'New Person', role: 'learner' } },
    });
    expect(invited.status).toBe(201);
    const person = await acceptInvitation(academy.slug, email);
    expect((await person.call({ path: '/api/v1/users' })).status).toBe(403);

    expect((await post('/api/v1/auth/forgot-password', { email })).status).toBe(204);
    expect((await post('/api/v1/auth/forgot-password', { email: 'nobody@acme.example' })).status).toBe(204);
    const token = await mailedToken(academy.slug, email, '/reset-password');
    expect(
      codeOf(await post('/api/v1/auth/reset-password', { token, password: DEMO_PASSWORD.slice(0, 9) })),
    ).toBe('auth.password_too_short');
    const password = 'another horse battery';
    expect((await post('/api/v1/auth/reset-password', { token, password })).status).toBe(204);
    expect(codeOf(await post('/api/v1/auth/reset-password', { token, password }))).toBe('auth.link_invalid');
    await delay(1_000);
    expect((await person.call({ path: '/api/v1/auth/me' })).status).toBe(401);

    const fresh = refresh.response.parse((await post('/api/v1/auth/login', { email, password })).json);
    const path = `/api/v1/users/${fresh.user.id}/deactivate`;
    expect((await academy.owner.call({ method: 'POST', path })).status).toBe(200);
    await delay(1_000);
    expect((await me(bearer(fresh.accessToken))).status).toBe(401);
    expect((await post('/api/v1/auth/login', { email, password })).status).toBe(401);
  });

  it('lets an API key do what it was made for, until it is revoked', async () => {
    const made = await academy.owner.call({
      ...{ method: 'POST', path: '/api/v1/api-keys' },
      body: { name: 'E2E', scopes: ['users.read'] },
      headers: { 'idempotency-key': randomUUID() },
    });
    const { key, id } = createApiKey.response.parse(made.json);
    const use = (path: string, at = site) => at.call({ path, headers: { 'x-api-key': key } });
    const until = async (status: number, seconds: number) => {
      const deadline = Date.now() + seconds * 1_000;
      let seen = 0;
      while (Date.now() < deadline && seen !== status) {
        ({ status: seen } = await use('/api/v1/users'));
        if (seen !== status) await delay(100);
      }
      return seen;
    };
    expect(await until(200, 5)).toBe(200);
    listUsers.response.parse((await use('/api/v1/users')).json);
    expect((await use('/api/v1/api-keys')).status).toBe(403);
    expect((await use('/api/v1/users', new Site('globex'))).status).toBe(403);
    expect((await use('/api/v1/users', new Site(''))).status).toBe(200);
    const gone = await academy.owner.call({ method: 'DELETE', path: `/api/v1/api-keys/${id}` });
    expect(gone.status).toBe(204);
    expect(await until(401, 5)).toBe(401);
  });
});
