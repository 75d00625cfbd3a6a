import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CreatedApp } from '#libs/contracts/auth';
import { setTimeout as delay } from 'node:timers/promises';
import { exportJWK, generateKeyPair } from 'jose';
import * as openid from 'openid-client';
import { anAcademy, type Academy } from '../support/academy.js';
import { Site, type Answer } from '../support/platform.js';

const BACK = 'https://app.example/back';
const BYE = 'https://app.example/bye';

/** A browser without a page: it keeps cookies and follows where it is led. */
class Wanderer {
  private readonly cookies = new Map<string, { readonly value: string; readonly path: string }>();

  constructor(private readonly site: Site) {}

  async signIn(email: string, password: string): Promise<void> {
    const body = { email, password };
    this.keep(await this.site.call({ method: 'POST', path: '/api/v1/auth/login', body }));
  }

  /** To the first place that is not the protocol's. */
  async open(address: URL): Promise<URL> {
    let url = address;
    for (let steps = 0; steps < 8; steps += 1) {
      if (url.host !== this.site.host || !url.pathname.startsWith('/oidc/')) return url;
      const answer = await this.site.call({ path: url.pathname + url.search, headers: this.headers(url) });
      expect([answer.status, answer.text]).toEqual([303, '']);
      this.keep(answer);
      url = new URL(String(answer.headers['location']), this.site.origin);
    }
    throw new Error(`This leads nowhere: ${url.href}`);
  }

  private headers({ pathname }: URL): Record<string, string> {
    const sent = [...this.cookies].filter(([, { path }]) => pathname.startsWith(path));
    return { cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; ') };
  }

  private keep({ headers }: Answer): void {
    for (const text of [headers['set-cookie'] ?? []].flat()) {
      const [pair = '', ...rest] = text.split('; ');
      const [name = '', ...value] = pair.split('=');
      const path = rest.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
      this.cookies.set(name, { value: value.join('='), path });
    }
  }
}

describe('an app that signs in with an academy, through the gateway', () => {
  let academy: Academy;
  let site: Site;
  let app: CreatedApp;
  let config: openid.Configuration;

  /** `*.localhost` is dialled by its address. */
  const dial: openid.CustomFetch = async (url, { method, headers, body }) => {
    const { pathname, search } = new URL(url);
    const sent =
      typeof body === 'string' || body instanceof URLSearchParams ? Buffer.from(String(body)) : undefined;
    const answer = await site.call({
      method: method as 'GET' | 'POST',
      path: pathname + search,
      headers: headers,
      ...(sent === undefined ? {} : { body: sent }),
    });
    return new Response(answer.text, {
      status: answer.status,
      headers: { 'content-type': String(answer.headers['content-type']) },
    });
  };

  beforeAll(async () => {
    academy = await anAcademy(`apps-${Date.now().toString(36)}`);
    site = new Site(academy.slug);
    app = await academy.owner.send<CreatedApp>('POST', '/api/v1/sso/apps', {
      ...{ name: 'Timetable', firstParty: true, redirectUris: [BACK], postLogoutRedirectUris: [BYE] },
      scopes: ['openid', 'profile', 'email', 'groups'],
    });
    config = await configured(app.app.id, openid.ClientSecretBasic(app.clientSecret ?? ''));
  }, 120_000);

  const configured = (clientId: string, proof: openid.ClientAuth) =>
    openid.discovery(new URL(`${site.origin}/oidc`), clientId, {}, proof, {
      // The platform of the tests speaks http.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- on this machine alone
      execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
      [openid.customFetch]: dial,
    });

  const question = async (asking = config) => {
    const verifier = openid.randomPKCECodeVerifier();
    const [state, nonce] = [openid.randomState(), openid.randomNonce()];
    const url = openid.buildAuthorizationUrl(asking, {
      ...{ redirect_uri: BACK, scope: 'openid profile email groups', state, nonce },
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
    return { url, checks };
  };

  it('signs a person in, learns who it is, stays signed in, and signs out', async () => {
    const browser = new Wanderer(site);
    await browser.signIn(academy.ownerEmail, academy.password);
    const { url, checks } = await question();
    const back = await browser.open(url);
    const tokens = await openid.authorizationCodeGrant(config, back, checks);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ email: academy.ownerEmail, role: 'owner' });
    const subject = claims?.sub ?? '';
    expect(await openid.fetchUserInfo(config, tokens.access_token, subject)).toMatchObject({
      email: academy.ownerEmail,
    });
    const later = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(later.claims()?.sub).toBe(subject);

    const leaving = openid.buildEndSessionUrl(config, {
      ...{ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: BYE, state: 'gone' },
    });
    expect((await browser.open(leaving)).href).toBe(`${BYE}?state=gone`);
    await expect(openid.refreshTokenGrant(config, later.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    expect((await browser.open((await question()).url)).pathname).toBe('/sign-in');
  });

  it('needs no secret where it has a key of its own', async () => {
    const pair = await generateKeyPair('EdDSA');
    const made = await academy.owner.send<CreatedApp>('POST', '/api/v1/sso/apps', {
      ...{ name: 'With a key', firstParty: true, redirectUris: [BACK], authentication: 'private_key_jwt' },
      publicKeys: [await exportJWK(pair.publicKey)],
      scopes: ['openid', 'profile', 'email', 'groups'],
    });
    expect(made.clientSecret).toBeNull();
    const keyed = await configured(made.app.id, openid.PrivateKeyJwt(pair.privateKey));
    const browser = new Wanderer(site);
    await browser.signIn(academy.ownerEmail, academy.password);
    const { url, checks } = await question(keyed);
    const tokens = await openid.authorizationCodeGrant(keyed, await browser.open(url), checks);
    expect(tokens.claims()).toMatchObject({ email: academy.ownerEmail });
    const later = await openid.refreshTokenGrant(keyed, tokens.refresh_token ?? '');
    expect(later.claims()?.sub).toBe(tokens.claims()?.sub);
  });

  it('is nothing at the host of another academy, and hears so in the words of the protocol', async () => {
    const other = new Site('acme');
    const query = (await question()).url.search;
    const answer = await other.call({ path: `/oidc/auth${query}` });
    expect([404, 303]).toContain(answer.status);
    expect(String(answer.headers['location'] ?? '')).not.toContain('app.example');
    const wrong = await site.call({
      ...{ method: 'POST', path: '/oidc/token', body: Buffer.from('grant_type=password') },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([wrong.status, (wrong.json as { error: string }).error]).toEqual([401, 'invalid_client']);
  });

  it('lets pages of other origins ask where an app has them', async () => {
    const spa = await academy.owner.send<CreatedApp>('POST', '/api/v1/sso/apps', {
      ...{ name: 'In the browser', kind: 'public', redirectUris: ['https://spa.example/back'] },
    });
    const ask = (origin: string) =>
      site.call({
        ...{ method: 'POST', path: '/oidc/token' },
        headers: {
          origin,
          'sec-fetch-site': 'cross-site',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: Buffer.from(`grant_type=refresh_token&refresh_token=x&client_id=${spa.app.id}`),
      });
    expect((await ask('https://spa.example')).headers['access-control-allow-origin']).toBe(
      'https://spa.example',
    );
    expect((await ask('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('shows a secret once, and what was done with the app in the audit', async () => {
    const shown = await academy.owner.call({ path: `/api/v1/sso/apps/${app.app.id}` });
    expect(shown.text).not.toContain(app.clientSecret);
    const listed = await academy.owner.get<{ items: { id: string }[] }>('/api/v1/sso/apps');
    expect(listed.items.map(({ id }) => id)).toContain(app.app.id);
    // The audit is read from events, a moment after them.
    for (let tries = 0; ; tries += 1) {
      const { items } = await academy.owner.get<{ items: { type: string }[] }>('/api/v1/audit?limit=100');
      const types = new Set(items.map(({ type }) => type));
      if (types.has('auth.app.registered') && types.has('auth.app.entered')) break;
      expect(tries).toBeLessThan(150);
      await delay(200);
    }
  });
});
