import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IncomingHttpHeaders } from 'node:http';
import { defineEndpoint, type Endpoint } from '#libs/contracts';
import { login, getOperatorMe } from '#libs/contracts/auth';
import { csrfToken } from '#libs/contracts/gateway';
import { DomainError, newId } from '#libs/kernel';
import { anonymous, type Actor, type TenantRef } from '#libs/tenancy';
import { aTenant, aUser } from '#libs/tenancy/testing';
import { Authenticator } from '../identity/authenticator.js';
import { CsrfTokens } from '../identity/csrf.js';
import { OperatorToken } from '../identity/operator-token.js';
import { passportOf, type Passport } from '../identity/passport.js';
import { RequestLimits } from '../limit/request-limits.js';
import { Admission, type Visit } from './admission.js';
import type { Arrival } from './arrival.js';
import { DirectoryTenants } from './directory-tenants.js';
import { HostReader } from './host.js';
import { routeOf } from './route-table.js';

const read = defineEndpoint({
  id: 'courses.test.read',
  service: 'courses',
  method: 'GET',
  path: '/api/v1/test',
  summary: 'Read',
  access: 'courses.read',
  response: null,
});
const open = defineEndpoint({ ...read, id: 'courses.test.open', access: 'public' });
const change = defineEndpoint({ ...read, id: 'courses.test.change', method: 'POST' });
const delicate = defineEndpoint({ ...read, id: 'courses.test.delicate', access: 'tenant.manage' });

describe(Admission.name, () => {
  const hosts = new HostReader('harka.example');
  const csrf = new CsrfTokens(Buffer.alloc(32, 7));
  const [acme, globex] = [aTenant({ slug: 'acme' }), aTenant({ slug: 'globex' })];
  const tenants = new Map<string, TenantRef>();
  const passports = new Map<string, Passport>();
  const session = newId();
  let taken: string[];
  let spent: Set<string>;
  let admission: Admission;

  const bySlug = (slug: string) => [...tenants.values()].find((tenant) => tenant.slug === slug) ?? null;
  const withDirectoryData = (tenant: TenantRef | null) => tenant && { ...tenant, branding: {}, settings: {} };
  const find = async (token: string): Promise<Passport> => {
    const passport = passports.get(token);
    if (passport !== undefined) return passport;
    throw new DomainError('unauthenticated', 'auth.token_invalid', 'no');
  };

  beforeEach(() => {
    tenants.clear();
    for (const tenant of [acme, globex]) tenants.set(tenant.id, tenant);
    taken = [];
    spent = new Set();
    const learner: Actor = aUser({ sessionId: session });
    passports.clear();
    for (const { slug, id } of [acme, globex]) {
      passports.set(`${slug}-token`, passportOf(id, learner));
      passports.set(`${slug}-key`, passportOf(id, { ...learner, kind: 'api_key', sessionId: null }));
    }
    passports.set(
      'operator-session',
      passportOf(null, { ...anonymous, kind: 'operator', id: 'o', sessionId: session }),
    );
    const take = (key: string, limit: number) => {
      taken.push(key);
      return { allowed: !spent.has(key), limit, remaining: limit - 1, resetSeconds: 30 };
    };
    admission = new Admission({
      tenants: new DirectoryTenants({
        hostClaim: async () => null,
        tenantById: async (id) => withDirectoryData(tenants.get(id) ?? null),
        tenantBySlug: async (slug) => withDirectoryData(bySlug(slug)),
        tenantByHost: async (host) => withDirectoryData(host === 'learn.acme.example' ? acme : null),
      }),
      authenticator: new Authenticator({
        tokens: { remembered: (token) => passports.get(token), verify: find },
        apiKeys: { verify: find },
        operatorToken: new OperatorToken('the-operator-token-of-this-test'),
      }),
      limits: new RequestLimits({
        limiter: { takeNow: take, take: async (key, limit) => take(key, limit) },
        visitorRequests: 100,
        guesses: 10,
      }),
      csrf,
    });
  });

  const arrivalAt = (hostHeader: string): Arrival => {
    const host = hosts.read(hostHeader);
    if (host === null) throw new Error('no host');
    return { host, hostHeader, ip: '203.0.113.7', secure: false, requestId: 'r', traceparent: 't' };
  };
  const visit = async (
    host: string,
    headers: IncomingHttpHeaders,
    endpoint: Endpoint = read,
  ): Promise<Visit> => admission.admit(routeOf(endpoint), headers, arrivalAt(host), () => undefined);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const cookie = (token: string) => ({ cookie: `harka_session=${token}` });
  const refusal = (code: string) => ({ code });

  describe('which tenant', () => {
    it.each<[string, string, IncomingHttpHeaders, Endpoint]>([
      ['a subdomain', 'acme.harka.example', {}, open],
      ['a custom domain', 'learn.acme.example', {}, open],
      ['an API key on the bare host', 'harka.example', { 'x-api-key': 'acme-key' }, read],
      ['a token on the bare host', 'harka.example', bearer('acme-token'), read],
      ['a subdomain and a token', 'acme.harka.example', bearer('acme-token'), read],
      ['a custom domain and a key', 'learn.acme.example', { 'x-api-key': 'acme-key' }, read],
      ['a key and a token', 'harka.example', { 'x-api-key': 'acme-key', ...bearer('acme-token') }, read],
    ])('is named by %s', async (_, host, headers, endpoint) => {
      expect((await visit(host, headers, endpoint)).tenant).toMatchObject({ id: acme.id });
    });

    it.each<[string, string, IncomingHttpHeaders]>([
      ['subdomain and key', 'acme.harka.example', { 'x-api-key': 'globex-key' }],
      ['subdomain and token', 'acme.harka.example', bearer('globex-token')],
      ['subdomain and cookie', 'acme.harka.example', cookie('globex-token')],
      ['custom domain and key', 'learn.acme.example', { 'x-api-key': 'globex-key' }],
      ['custom domain and token', 'learn.acme.example', bearer('globex-token')],
      ['key and token', 'harka.example', { 'x-api-key': 'acme-key', ...bearer('globex-token') }],
      ['subdomain and an operator', 'acme.harka.example', bearer('operator-session')],
    ])('is refused when %s disagree', async (_, host, headers) => {
      await expect(visit(host, headers)).rejects.toMatchObject({
        kind: 'forbidden',
        code: 'tenant.mismatch',
      });
      await expect(visit(host, headers, open)).rejects.toMatchObject({ code: 'tenant.mismatch' });
    });

    it.each<[string, string, IncomingHttpHeaders]>([
      ['an unknown subdomain', 'nobody.harka.example', {}],
      ['an unknown subdomain with a good token', 'nobody.harka.example', bearer('acme-token')],
      ['a deeper subdomain', 'x.acme.harka.example', {}],
      ['an unknown domain', 'learn.other.example', {}],
      ['the bare host alone', 'harka.example', {}],
      ['the bare host with a cookie', 'harka.example', cookie('acme-token')],
      ['the bare host with an operator', 'harka.example', bearer('operator-session')],
    ])('is not found by %s', async (_, host, headers) => {
      await expect(visit(host, headers, open)).rejects.toMatchObject({
        kind: 'not_found',
        code: 'tenant.not_found',
      });
    });

    it('is shut when it is suspended, and not there when it is deleted', async () => {
      tenants.set(acme.id, { ...acme, status: 'suspended' });
      await expect(visit('acme.harka.example', {}, open)).rejects.toMatchObject(refusal('tenant.suspended'));
      tenants.set(acme.id, { ...acme, status: 'deleted' });
      await expect(visit('acme.harka.example', {}, open)).rejects.toMatchObject(refusal('tenant.not_found'));
    });
  });

  describe('who', () => {
    it('is nobody without a credential, and with a cookie that has run out', async () => {
      for (const headers of [{}, cookie('expired')]) {
        expect((await visit('acme.harka.example', headers, open)).passport.actor.kind).toBe('anonymous');
        await expect(visit('acme.harka.example', headers)).rejects.toMatchObject(
          refusal('auth.sign_in_required'),
        );
      }
    });

    it('keeps one passport for all visitors of a tenant, so that it is signed once', async () => {
      const [one, two] = [
        await visit('acme.harka.example', {}, open),
        await visit('acme.harka.example', {}, open),
      ];
      expect(one.passport).toBe(two.passport);
      expect((await visit('globex.harka.example', {}, open)).passport).not.toBe(one.passport);
    });

    it.each<IncomingHttpHeaders>([
      bearer('made-up'),
      { 'x-api-key': 'made-up' },
      { authorization: 'Basic x' },
    ])('is refused with %p, even where nobody need sign in', async (headers) => {
      await expect(visit('acme.harka.example', headers, open)).rejects.toMatchObject({
        kind: 'unauthenticated',
      });
    });

    it('may only do what the route asks a permission for', async () => {
      const refused = visit('acme.harka.example', bearer('acme-token'), delicate);
      await expect(refused).rejects.toMatchObject({ kind: 'forbidden', code: 'auth.permission_missing' });
    });
  });

  describe('the admin host', () => {
    it('answers operators, by their fixed token and by their session', async () => {
      for (const token of ['the-operator-token-of-this-test', 'operator-session']) {
        const { tenant, passport } = await visit('admin.harka.example', bearer(token), getOperatorMe);
        expect([tenant, passport.actor.kind]).toEqual([null, 'operator']);
      }
    });

    it.each(['acme.harka.example', 'harka.example', 'learn.acme.example'])(
      'alone has operator routes: %s has none',
      async (host) => {
        const visiting = visit(host, bearer('operator-session'), getOperatorMe);
        await expect(visiting).rejects.toMatchObject(refusal('request.route_not_found'));
      },
    );

    it('has no routes of tenants', async () => {
      const visiting = visit('admin.harka.example', bearer('operator-session'), read);
      await expect(visiting).rejects.toMatchObject(refusal('request.route_not_found'));
    });

    it.each<IncomingHttpHeaders>([bearer('acme-token'), { 'x-api-key': 'acme-key' }])(
      'refuses the credential of an academy: %p',
      async (headers) => {
        const visiting = visit('admin.harka.example', headers, getOperatorMe);
        await expect(visiting).rejects.toMatchObject({ kind: 'forbidden' });
      },
    );

    it('takes the cookie of an academy for nothing', async () => {
      const visiting = visit('admin.harka.example', cookie('acme-token'), getOperatorMe);
      await expect(visiting).rejects.toMatchObject(refusal('auth.sign_in_required'));
    });
  });

  describe('from where', () => {
    const origin = 'http://acme.harka.example';
    const host = 'acme.harka.example';

    it('asks a cookie for the token of its session', async () => {
      const good = { ...cookie('acme-token'), 'x-csrf-token': csrf.issue(session), origin };
      await expect(visit(host, good, change).catch((error: unknown) => error)).resolves.toHaveProperty(
        'tenant',
      );
      for (const token of [undefined, csrf.issue(newId()), csrf.issue(null), 'x']) {
        const bad = {
          ...cookie('acme-token'),
          ...(token === undefined ? {} : { 'x-csrf-token': token }),
          origin,
        };
        await expect(visit(host, bad, change)).rejects.toMatchObject({
          kind: 'forbidden',
          code: 'auth.csrf_token',
        });
      }
    });

    it.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
      'refuses a cookie that another site made the browser send: %p',
      async (foreign) => {
        const headers = { ...cookie('acme-token'), 'x-csrf-token': csrf.issue(session), ...foreign };
        await expect(visit(host, headers, change)).rejects.toMatchObject(refusal('auth.csrf_origin'));
      },
    );

    it('refuses to sign somebody in from another site', async () => {
      await expect(visit(host, { origin: 'https://evil.example' }, login)).rejects.toMatchObject(
        refusal('auth.csrf_origin'),
      );
      expect((await visit(host, { origin }, login)).tenant?.id).toBe(acme.id);
    });

    it('asks nothing of programs, which no browser speaks for', async () => {
      for (const headers of [bearer('acme-token'), { 'x-api-key': 'acme-key' }]) {
        const foreign = { ...headers, origin: 'https://evil.example' };
        expect((await visit(host, foreign, change)).tenant?.id).toBe(acme.id);
      }
    });

    it('lets everybody read without a token', async () => {
      expect((await visit(host, cookie('acme-token'), csrfToken)).passport.actor.sessionId).toBe(session);
    });
  });

  describe('how often', () => {
    const host = 'acme.harka.example';

    it('takes from the budget of the tenant, and tells what is left', async () => {
      const { limits } = await visit(host, bearer('acme-token'));
      expect(taken).toEqual([acme.id]);
      expect(limits).toEqual([
        'ratelimit-policy',
        '"tenant";q=1200;w=60',
        'ratelimit',
        '"tenant";r=1199;t=30',
      ]);
    });

    it('holds visitors to their address, and to half of what the tenant has', async () => {
      await visit(host, {}, open);
      expect(taken).toEqual(['visitor:203.0.113.7', `${acme.id}:visitors`, acme.id]);
      spent.add(`${acme.id}:visitors`);
      await expect(visit(host, {}, open)).rejects.toMatchObject({ code: 'limit.requests_exceeded' });
      await expect(visit(host, bearer('acme-token'))).resolves.toBeDefined();
    });

    it('holds guesses at passwords to the address', async () => {
      spent.add(`guess:${acme.id}:203.0.113.7`);
      await expect(visit(host, {}, login)).rejects.toMatchObject({
        kind: 'rate_limited',
        retryAfterSeconds: 30,
        headers: expect.arrayContaining(['ratelimit-policy', '"sign-in";q=10;w=60']),
      });
      await expect(visit(host, {}, open)).resolves.toBeDefined();
    });

    it('tells who is meant also when it refuses', async () => {
      spent.add(acme.id);
      const known: string[] = [];
      const refused = admission.admit(routeOf(read), bearer('acme-token'), arrivalAt(host), ({ id }) =>
        known.push(id),
      );
      await expect(refused).rejects.toMatchObject({ kind: 'rate_limited' });
      expect(known).toEqual([acme.id]);
    });
  });
});
