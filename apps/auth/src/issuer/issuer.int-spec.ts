import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createLocalJWKSet,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
} from 'jose';
import { appKey, type AppPatch } from '#libs/contracts/auth';
import {
  actorOf,
  AFTER_LOGOUT,
  anActor,
  AppLab,
  aPerson,
  codeOf,
  eventsOf,
  LabBrowser,
  REDIRECT,
  VERIFIER,
} from '../../testing/index.js';
import { ChangeApp } from '../app/change-app.use-case.js';
import { ChangeConsent } from '../app/change-consent.use-case.js';
import type { RegisteredApp } from '../app/register-app.use-case.js';
import { EndSession } from '../session/end-session.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import { DeactivateUser } from '../user/deactivate-user.use-case.js';
import { AppLogout } from './app-logout.use-case.js';
import { AppSignIn } from './app-sign-in.use-case.js';
import { IssuerRing } from './issuer-ring.js';

const ISSUER = 'https://tenant-1.harka.test/oidc';

describe('an academy as an OpenID provider', () => {
  let lab: AppLab;
  let partner: RegisteredApp;
  let browser: LabBrowser;

  beforeAll(async () => {
    lab = await AppLab.open();
    partner = await lab.app();
  }, 120_000);
  afterAll(async () => {
    await lab.close();
  });
  beforeEach(async () => {
    browser = new LabBrowser();
    browser.signIn = await aPerson(lab.auth, lab.here);
    lab.told.length = 0;
    lab.answer = 200;
  });

  const owner = <R>(work: () => R) => lab.auth.as(lab.here, anActor('owner'), work);
  const userOf = () => {
    if (browser.signIn === null) throw new Error('Somebody is signed in.');
    return browser.signIn.user;
  };
  const end = () => {
    const { signIn } = browser;
    return lab.in(browser, lab.here, () =>
      lab.auth.get(EndSession).execute(signIn?.sessionId ?? '', signIn?.user.id ?? ''),
    );
  };
  const verified = async (token: string | undefined, app = partner) => {
    const set = createLocalJWKSet((await lab.read('/jwks')) as unknown as JSONWebKeySet);
    return (await jwtVerify(token ?? '', set, { issuer: ISSUER, audience: app.app.id })).payload;
  };

  it('says of itself what it is, whoever asks under whatever name', async () => {
    expect(await lab.read('/.well-known/openid-configuration')).toMatchObject({
      ...{ issuer: ISSUER, authorization_endpoint: `${ISSUER}/auth`, token_endpoint: `${ISSUER}/token` },
      ...{
        jwks_uri: `${ISSUER}/jwks`,
        userinfo_endpoint: `${ISSUER}/me`,
        end_session_endpoint: `${ISSUER}/session/end`,
      },
      ...{ response_types_supported: ['code'], code_challenge_methods_supported: ['S256'] },
      ...{ backchannel_logout_supported: true, backchannel_logout_session_supported: true },
      grant_types_supported: ['authorization_code', 'refresh_token'],
      id_token_signing_alg_values_supported: expect.arrayContaining(['RS256', 'ES256', 'EdDSA']),
    });
    expect(await codeOf(lab.read('/jwks', lab.there))).toBe('issuer.not_open');
  });

  it('brings who is signed in back to an app of the academy, without a question', async () => {
    const back = await lab.ask(browser, partner);
    expect([
      back.origin + back.pathname,
      back.searchParams.get('state'),
      back.searchParams.get('iss'),
    ]).toEqual([REDIRECT, 'state-1', ISSUER]);
    const tokens = await lab.exchange(partner, back.searchParams.get('code') ?? '');
    const { id, name, email } = userOf();
    expect(await verified(tokens.id_token)).toMatchObject({
      ...{ sub: id, name, email, email_verified: true, role: 'learner', groups: [], nonce: 'nonce-1' },
    });
    expect(await lab.userinfo(tokens.access_token)).toMatchObject({ status: 200, body: { sub: id, email } });
    const entered = (await eventsOf(lab.auth, lab.here)).filter(({ type }) => type === 'auth.app.entered');
    expect(entered.at(-1)?.payload).toMatchObject({ appId: partner.app.id, userId: id });
  });

  it('takes an app with addresses on several hosts, and programs on devices', async () => {
    const many = await lab.app({
      redirectUris: [REDIRECT, 'http://app.localhost:3000/back', 'https://other.example/'],
    });
    expect((await lab.exchange(many, await lab.code(browser, many))).status).toBe(200);
    const redirectUris = ['com.example.app:/back', 'http://127.0.0.1/back', REDIRECT];
    const native = await lab.app({ kind: 'public', redirectUris });
    const change = { redirect_uri: 'http://127.0.0.1:51004/back' };
    // Anybody on the device could have asked: the person has to say so.
    expect((await lab.ask(browser, native, { change })).searchParams.has('ask')).toBe(true);
  });

  it('tells an app no more than it asked for', async () => {
    const code = await lab.code(browser, partner, { change: { scope: 'openid' } });
    const { access_token: token } = await lab.exchange(partner, code);
    expect((await lab.userinfo(token)).body).toEqual({ sub: userOf().id });
  });

  it('signs in first whoever is not, and goes on from there', async () => {
    const { signIn } = browser;
    browser.signIn = null;
    const page = await lab.follow(browser, `/oidc/auth?${lab.query(partner)}`);
    const next = new URL(page, ISSUER).searchParams.get('next') ?? '';
    expect([page.startsWith('/sign-in?next='), next]).toEqual([
      true,
      expect.stringMatching(/^\/oidc\/interaction\//),
    ]);
    browser.signIn = signIn;
    const back = new URL(await lab.follow(browser, next));
    expect((await lab.exchange(partner, back.searchParams.get('code') ?? '')).status).toBe(200);
  });

  it('asks before an app of others knows somebody, once, until it is taken back', async () => {
    const other = await lab.app({ firstParty: false, name: 'Somebody else’s', subject: 'pairwise' });
    const page = await lab.follow(browser, `/oidc/auth?${lab.query(other)}`);
    const id = new URL(page, ISSUER).searchParams.get('ask') ?? '';
    const visit = { headers: { cookie: browser.cookie } };
    const inBrowser = <R>(work: () => R) => lab.in(browser, lab.here, work);
    const question = await inBrowser(() => lab.auth.get(AppSignIn).question(id, visit));
    expect(question).toMatchObject({
      app: { name: 'Somebody else’s', host: 'app.example' },
      scopes: ['openid', 'profile', 'email', 'groups'],
    });
    const stranger = await aPerson(lab.auth, lab.here);
    const asStranger = lab.auth.as(lab.here, actorOf(stranger.user, stranger.sessionId), () =>
      codeOf(lab.auth.get(AppSignIn).answer(id, 'allow', visit)),
    );
    expect(await asStranger).toBe('app.sign_in_expired');
    const url = await inBrowser(() => lab.auth.get(AppSignIn).answer(id, 'allow', visit));
    const back = new URL(await lab.follow(browser, url));
    const tokens = await lab.exchange(other, back.searchParams.get('code') ?? '');
    // As this app knows him, and no other.
    expect((await verified(tokens.id_token, other)).sub).not.toBe(userOf().id);
    expect((await lab.userinfo(tokens.access_token)).body['sub']).toBe(
      (await verified(tokens.id_token, other)).sub,
    );

    const second = await lab.exchange(other, await lab.code(browser, other));
    expect((await verified(second.id_token, other)).sub).toBe((await verified(tokens.id_token, other)).sub);
    await inBrowser(() => lab.auth.get(ChangeConsent).withdraw(other.app.id));
    expect((await lab.refresh(other, second.refresh_token)).status).toBe(400);
    expect((await lab.ask(browser, other)).pathname).toBe('/app-sign-in');
  });

  it('brings a no back to the app', async () => {
    const other = await lab.app({ firstParty: false });
    const page = await lab.follow(browser, `/oidc/auth?${lab.query(other)}`);
    const id = new URL(page, ISSUER).searchParams.get('ask') ?? '';
    const visit = { headers: { cookie: browser.cookie } };
    const url = await lab.in(browser, lab.here, () => lab.auth.get(AppSignIn).answer(id, 'deny', visit));
    const back = new URL(await lab.follow(browser, url));
    expect(back.searchParams.get('error')).toBe('access_denied');
  });

  it('answers an app that asks without a page, and asks for a new proof where an app wants one', async () => {
    const silent = await lab.ask(browser, partner, { change: { prompt: 'none' } });
    expect(silent.searchParams.get('code')).not.toBeNull();
    const nobody = await lab.ask(new LabBrowser(), partner, { change: { prompt: 'none' } });
    expect(nobody.searchParams.get('error')).toBe('login_required');
    lab.auth.clock.advance(5_000);
    expect((await lab.ask(browser, partner, { change: { prompt: 'login' } })).searchParams.has('again')).toBe(
      true,
    );
  });

  it('gives an app that was allowed to refresh new tokens, each good once', async () => {
    const first = await lab.exchange(partner, await lab.code(browser, partner));
    const second = await lab.refresh(partner, first.refresh_token);
    expect([second.status, second.refresh_token === first.refresh_token]).toEqual([200, false]);
    expect((await verified(second.id_token)).sub).toBe(userOf().id);
    expect((await lab.refresh(partner, second.refresh_token)).status).toBe(200);
  });

  it('ends what an app has with the session, and lets what works by itself go on until the person is gone', async () => {
    const bound = await lab.exchange(partner, await lab.code(browser, partner));
    const change = { scope: 'openid offline_access', prompt: 'consent' };
    const page = await lab.ask(browser, partner, { change });
    const id = page.searchParams.get('ask') ?? '';
    const visit = { headers: { cookie: browser.cookie } };
    const url = await lab.in(browser, lab.here, () => lab.auth.get(AppSignIn).answer(id, 'allow', visit));
    const code = new URL(await lab.follow(browser, url)).searchParams.get('code') ?? '';
    const offline = await lab.exchange(partner, code);
    await end();
    expect((await lab.refresh(partner, bound.refresh_token)).status).toBe(400);
    expect((await lab.userinfo(bound.access_token)).status).toBe(401);
    const later = await lab.refresh(partner, offline.refresh_token);
    expect(later.status).toBe(200);
    await owner(() => lab.auth.get(DeactivateUser).execute(userOf().id));
    expect((await lab.refresh(partner, later.refresh_token)).status).toBe(400);
    expect((await lab.userinfo(later.access_token)).status).toBe(401);
  });

  it('tells apps that a session is over, and again until they have heard it', async () => {
    const { id_token: idToken } = await lab.exchange(partner, await lab.code(browser, partner));
    await lab.settle();
    lab.told.length = 0;
    lab.answer = 503;
    await end();
    await lab.settle();
    expect(lab.told).toHaveLength(1);
    lab.answer = 200;
    await lab.again();
    expect(lab.told).toHaveLength(2);
    const said = await verified(lab.told[1]);
    expect([said.sub, said['sid'], said['nonce']]).toEqual([
      userOf().id,
      decodeJwt(idToken ?? '')['sid'],
      undefined,
    ]);
    expect(said['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
    await lab.again();
    expect(lab.told).toHaveLength(2);
  });

  it('signs out whom an app can name, leads him back where the app registered, and asks for others', async () => {
    const { id_token: idToken = '' } = await lab.exchange(partner, await lab.code(browser, partner));
    const query = { id_token_hint: idToken, post_logout_redirect_uri: AFTER_LOGOUT, state: 's 1' };
    const other = new LabBrowser();
    other.signIn = await aPerson(lab.auth, lab.here);
    const asked = await lab.leave(other, query);
    expect([asked.ended, asked.url.startsWith('/app-sign-in?sign-out=')]).toEqual([false, true]);
    const gone = await lab.leave(browser, query);
    expect(gone).toEqual({ ended: true, url: `${AFTER_LOGOUT}?state=s+1` });
    const token = browser.signIn?.refreshToken ?? '';
    const refresh = lab.auth.as(lab.here, {}, () => codeOf(lab.auth.get(RefreshSession).execute(token)));
    expect(await refresh).toBe('auth.session_ended');

    const handle = new URL(asked.url, ISSUER).searchParams.get('sign-out') ?? '';
    const confirm = () =>
      lab.in(other, lab.here, () =>
        lab.auth.get(AppLogout).confirm(handle, { headers: { cookie: other.cookie } }),
      );
    expect(await confirm()).toBe(`${AFTER_LOGOUT}?state=s+1`);
    expect(await confirm()).toBe('/sign-in');
  });

  it('shows its next key before it signs, and forgets at once what was revoked', async () => {
    const kids = async () => ((await lab.read('/jwks'))['keys'] as { kid: string }[]).map(({ kid }) => kid);
    const before = await kids();
    const site = { scheme: 'https', host: 'tenant-1.harka.test' } as const;
    const rotate = (revoke: boolean) => owner(() => lab.auth.get(IssuerRing).rotate(site, { revoke }));
    await rotate(false);
    lab.auth.clock.advance(6_000);
    expect(await kids()).toEqual(expect.arrayContaining(before));
    const { id_token: token } = await lab.exchange(partner, await lab.code(browser, partner));
    await verified(token);
    await rotate(true);
    lab.auth.clock.advance(6_000);
    expect((await kids()).filter((kid) => before.includes(kid))).toEqual([]);
    await expect(verified(token)).rejects.toThrow('no applicable key');
  });

  it('takes the secret of before for a while, and no secret of an app that is switched off', async () => {
    const app = await lab.app();
    const fresh = await owner(() => lab.auth.get(ChangeApp).rotateSecret(app.app.id, 60));
    for (const made of [app, fresh]) {
      expect((await lab.exchange(made, await lab.code(browser, made))).status).toBe(200);
    }
    lab.auth.clock.advance(61_000);
    expect((await lab.exchange(app, await lab.code(browser, app))).error).toBe('invalid_client');
    const version = String(fresh.app.version);
    await owner(() => lab.auth.get(ChangeApp).execute(app.app.id, { enabled: false }, version));
    expect((await lab.ask(browser, fresh)).pathname).toBe('/app-sign-in');
  });

  it('forgets the secrets of an app that goes over to a key of its own, and asks none of it', async () => {
    const { app } = await lab.app();
    const { publicKey, privateKey } = await generateKeyPair('EdDSA');
    const key = appKey.parse({ ...(await exportJWK(publicKey)), alg: 'EdDSA' });
    const change: AppPatch = { authentication: 'private_key_jwt', publicKeys: [key] };
    const changed = await owner(() => lab.auth.get(ChangeApp).execute(app.id, change, String(app.version)));
    expect([changed.secrets, changed.publicKeys]).toEqual([[], [key]]);
    const renewed = owner(() => codeOf(lab.auth.get(ChangeApp).rotateSecret(app.id, 60)));
    expect(await renewed).toBe('app.has_no_secret');
    const keyed = { app: changed, clientSecret: null };
    for (const alg of ['EdDSA', 'Ed25519']) {
      const signed = await new SignJWT({ iss: app.id, sub: app.id, aud: ISSUER, jti: alg })
        .setProtectedHeader({ alg })
        .setExpirationTime('1m')
        .sign(privateKey);
      const form = { grant_type: 'authorization_code', redirect_uri: REDIRECT, code_verifier: VERIFIER };
      const code = await lab.code(browser, keyed);
      expect((await lab.keyed({ ...form, code, client_assertion: signed })).status).toBe(200);
    }
  });

  it('keeps secrets and keys where nobody can read them', async () => {
    const rows = await lab.auth.shard.inTenant(lab.here, () =>
      lab.auth.shard.database.query<{ row: string }>(
        `SELECT a::text AS row FROM auth.apps a UNION ALL SELECT encode(k.private_key, 'escape') FROM auth.issuer_keys k`,
      ),
    );
    const text = rows.map(({ row }) => row).join();
    expect([text.includes(partner.clientSecret ?? '?'), text.includes('"d":')]).toEqual([false, false]);
  });
});
