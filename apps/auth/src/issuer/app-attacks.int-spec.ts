import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { appKey } from '#libs/contracts/auth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  decodeJwt,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type GenerateKeyPairResult,
} from 'jose';
import {
  AFTER_LOGOUT,
  anActor,
  AppLab,
  aPerson,
  challengeOf,
  eventsOf,
  LabBrowser,
  REDIRECT,
  VERIFIER,
} from '../../testing/index.js';
import type { RegisteredApp } from '../app/register-app.use-case.js';
import { ChangeApp } from '../app/change-app.use-case.js';
import { DeactivateUser } from '../user/deactivate-user.use-case.js';
import { AppSignIn } from './app-sign-in.use-case.js';

const TABLE = 'docs/security/app-sign-in-attacks.md';
const HERE = 'https://tenant-1.harka.test';

/** An attack gives the reason for which it was refused, or null when it came through. */
type Attack = () => Promise<string | null>;
type Case = readonly [id: string, what: string, source: string, attack: Attack];
interface Row {
  readonly id: string;
  readonly what: string;
  readonly source: string;
  readonly reason: string;
}

let lab: AppLab;
let partner: RegisteredApp;
let other: RegisteredApp;
let elsewhere: RegisteredApp;
let spa: RegisteredApp;
let keyed: RegisteredApp;
let pair: GenerateKeyPairResult;
const rows: Row[] = [];

const someone = async (tenant = lab.here): Promise<LabBrowser> => {
  const browser = new LabBrowser();
  browser.signIn = await aPerson(lab.auth, tenant);
  return browser;
};

/** A question with something wrong about it; the very same without it brings a code (see the last test). */
const asked =
  (change: Readonly<Record<string, string | undefined>>, app = () => partner): Attack =>
  async () => {
    const back = await lab.ask(await someone(), app(), { change });
    if (back.searchParams.has('code')) return null;
    const told = back.searchParams.get('error') ?? new URLSearchParams(back.hash.slice(1)).get('error');
    return `${back.origin === HERE ? 'calm page' : 'told the app'}: ${told ?? back.searchParams.get('problem') ?? ''}`;
  };
const withCode =
  (attack: (code: string) => Promise<{ status: number; error?: string }>): Attack =>
  async () => {
    const { status, error } = await attack(await lab.code(await someone(), partner));
    return status === 200 ? null : (error ?? String(status));
  };
const answered = ({ status, body }: { readonly status: number; readonly body: string }) => ({
  status,
  error: (JSON.parse(body) as { error?: string }).error ?? String(status),
});
const form = (code: string) => ({
  ...{ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER },
});

const questions: readonly Case[] = [
  [
    'P01',
    'an address that is not registered',
    'RFC 9700 4.1',
    asked({ redirect_uri: 'https://evil.example/' }),
  ],
  [
    'P02',
    'a registered address with something added (path, query, port, user)',
    'RFC 9700 4.1',
    async () => {
      const uris = [
        `${REDIRECT}/x`,
        `${REDIRECT}?x=1`,
        'https://app.example:444/back',
        'https://app.example@evil.example/back',
      ];
      const all: (string | null)[] = [];
      for (const redirect_uri of uris) all.push(await asked({ redirect_uri })());
      return all.includes(null) ? null : String(all[0]);
    },
  ],
  ['P03', 'no address at all', 'OpenID Connect Core 3.1.2.1', asked({ redirect_uri: undefined })],
  [
    'P04',
    'no PKCE challenge',
    'RFC 9700 2.1.1',
    asked({ code_challenge: undefined, code_challenge_method: undefined }),
  ],
  [
    'P05',
    'PKCE downgraded to plain',
    'RFC 7636 7.2',
    asked({ code_challenge: VERIFIER, code_challenge_method: 'plain' }),
  ],
  [
    'P06',
    'PKCE method left out, which would mean plain',
    'RFC 7636 4.3',
    asked({ code_challenge_method: undefined }),
  ],
  [
    'P07',
    'tokens in the address (implicit)',
    'RFC 9700 2.1.2',
    asked({ response_type: 'id_token', response_mode: 'fragment' }),
  ],
  ['P08', 'a hybrid of code and token', 'RFC 9700 2.1.2', asked({ response_type: 'code id_token' })],
  [
    'P09',
    'more than the app was registered for',
    'RFC 6749 3.3',
    asked({ scope: 'openid groups' }, () => other),
  ],
  [
    'P10',
    'an app that is not there',
    'RFC 6749 4.1.2.1',
    asked({ client_id: '01890000-0000-7000-8000-000000000000' }),
  ],
  ['P11', 'an app of another academy', 'isolation of academies', asked({}, () => elsewhere)],
  [
    'P12',
    'a request object that is unsigned',
    'OpenID Connect Core 6.1',
    asked({ request: new UnsecuredJWT({ scope: 'openid' }).encode() }),
  ],
  [
    'P13',
    'an address to fetch a request object from (SSRF)',
    'CVE-2020-10770',
    asked({ request_uri: 'http://169.254.169.254/' }),
  ],
  [
    'P14',
    'an app that is switched off',
    'CVE-2026-3009',
    async () => {
      const { app } = await lab.app();
      await lab.auth.as(lab.here, anActor('owner'), () =>
        lab.auth.get(ChangeApp).execute(app.id, { enabled: false }, '1'),
      );
      return asked({}, () => ({ app, clientSecret: null }))();
    },
  ],
];

const browsers: readonly Case[] = [
  [
    'P20',
    'a sign-in that somebody else began, opened in this browser (login CSRF)',
    'RFC 9700 4.7',
    async () => {
      const attacker = new LabBrowser();
      const page = await lab.follow(attacker, `/oidc/auth?${lab.query(partner)}`);
      const next = new URL(page, HERE).searchParams.get('next') ?? '';
      const led = await lab.follow(await someone(), next);
      return led.startsWith('/app-sign-in?problem=expired') ? 'calm page: expired' : null;
    },
  ],
  [
    'P21',
    'the answer to a question of another browser',
    'RFC 9700 4.7',
    async () => {
      const third = await lab.app({ firstParty: false });
      const [attacker, victim] = [await someone(), await someone()];
      const page = await lab.follow(attacker, `/oidc/auth?${lab.query(third)}`);
      const id = new URL(page, HERE).searchParams.get('ask') ?? '';
      const visit = { headers: { cookie: victim.cookie } };
      return lab.in(victim, lab.here, () =>
        lab.auth
          .get(AppSignIn)
          .answer(id, 'allow', visit)
          .then(
            () => null,
            (error: unknown) => (error as { code: string }).code,
          ),
      );
    },
  ],
  [
    'P22',
    'the provider’s session cookie after another signed in, or somebody signed out, in this browser',
    'session fixation',
    async () => {
      const browser = await someone();
      await lab.code(browser, partner);
      const before = browser.signIn?.user.id;
      browser.signIn = await aPerson(lab.auth, lab.here);
      const { id_token: token } = await lab.exchange(partner, await lab.code(browser, partner));
      return decodeJwt(token ?? '').sub === before ? null : 'the session of now counts';
    },
  ],
  [
    'P23',
    'an operator who acts as a person signs in to an app as him',
    'abuse of support access',
    async () => {
      const browser = await someone();
      const by = { id: 'operator', name: 'Operator', until: new Date(Date.now() + 60_000) };
      const visit = {
        scheme: 'https',
        host: 'tenant-1.harka.test',
        headers: {},
        rawQuery: lab.query(partner),
      } as const;
      const { user, sessionId } = browser.signIn ?? { user: null, sessionId: null };
      const actor = { kind: 'user', id: user?.id ?? null, sessionId, by } as const;
      const { url } = await lab.auth.as(lab.here, actor, () => lab.auth.get(AppSignIn).start(visit));
      return url === '/app-sign-in?problem=acting' ? 'calm page: acting' : null;
    },
  ],
  [
    'P24',
    'a host header that is none of the academy’s',
    'CVE-2023-49097',
    async () => {
      const visit = {
        scheme: 'https',
        host: 'evil.example',
        headers: {},
        rawQuery: lab.query(partner),
      } as const;
      const { url } = await lab.auth.as(lab.here, {}, () => lab.auth.get(AppSignIn).start(visit));
      const { issuer } = (await lab.read('/.well-known/openid-configuration')) as { issuer: string };
      return new URL(url).origin === HERE && issuer === `${HERE}/oidc`
        ? 'led to the issuer’s own host'
        : null;
    },
  ],
];

const tokens: readonly Case[] = [
  [
    'P30',
    'a code shown twice',
    'RFC 6749 4.1.2',
    withCode(async (code) => {
      const first = await lab.exchange(partner, code);
      const again = await lab.exchange(partner, code);
      const { status } = await lab.userinfo(first.access_token);
      return status === 401 ? again : { status: 200 };
    }),
  ],
  [
    'P31',
    'a code shown ten times at once',
    'RFC 6749 4.1.2',
    withCode(async (code) => {
      const all = await Promise.all(Array.from({ length: 10 }, () => lab.exchange(partner, code)));
      const good = all.filter(({ status }) => status === 200);
      const bad = all.find(({ status }) => status !== 200);
      return good.length > 1 || bad === undefined ? { status: 200 } : { status: 400, error: 'invalid_grant' };
    }),
  ],
  [
    'P32',
    'a code without the verifier',
    'RFC 7636 4.6',
    withCode(async (code) => lab.exchange(partner, code, { code_verifier: '' })),
  ],
  [
    'P33',
    'a code with another verifier (injection)',
    'RFC 9700 4.5',
    withCode(async (code) => lab.exchange(partner, code, { code_verifier: challengeOf('another') })),
  ],
  [
    'P34',
    'a code with another address',
    'RFC 6749 4.1.3',
    withCode(async (code) => lab.exchange(partner, code, { redirect_uri: 'https://app.example/other' })),
  ],
  ['P35', 'a code by another app', 'RFC 6749 4.1.3', withCode(async (code) => lab.exchange(other, code))],
  [
    'P36',
    'a code at another academy',
    'isolation of academies',
    withCode(async (code) => answered(await lab.token(elsewhere, form(code), lab.there))),
  ],
  [
    'P37',
    'an app’s secret at another academy',
    'isolation of academies',
    withCode(async (code) => answered(await lab.token(partner, form(code), lab.there))),
  ],
  [
    'P38',
    'a wrong secret',
    'RFC 6749 5.2',
    withCode(async (code) => lab.exchange({ ...partner, clientSecret: 'has_wrong' }, code)),
  ],
  [
    'P39',
    'the placeholder that the library is given for the secret',
    'own design',
    withCode(async (code) => lab.exchange({ ...partner, clientSecret: 'compared-by-its-hash' }, code)),
  ],
  [
    'P40',
    'a confidential app that shows no secret',
    'RFC 6749 3.2.1',
    withCode(async (code) => lab.exchange({ ...partner, clientSecret: null }, code)),
  ],
  [
    'P41',
    'a password for tokens',
    'RFC 9700 2.4',
    withCode(async () =>
      answered(await lab.token(partner, { grant_type: 'password', username: 'a', password: 'b' })),
    ),
  ],
  [
    'P42',
    'an app that becomes itself (client credentials)',
    'least privilege',
    withCode(async () => answered(await lab.token(partner, { grant_type: 'client_credentials' }))),
  ],
  [
    'P43',
    'a refresh token shown twice: all that came of it is void',
    'RFC 9700 4.14',
    withCode(async (code) => {
      const first = await lab.exchange(partner, code);
      const second = await lab.refresh(partner, first.refresh_token);
      await lab.refresh(partner, first.refresh_token);
      return lab.refresh(partner, second.refresh_token);
    }),
  ],
  [
    'P44',
    'a refresh token shown ten times at once',
    'RFC 9700 4.14',
    withCode(async (code) => {
      const { refresh_token: token } = await lab.exchange(partner, code);
      const all = await Promise.all(Array.from({ length: 10 }, () => lab.refresh(partner, token)));
      const good = all.filter(({ status }) => status === 200);
      if (good.length > 1) return { status: 200 };
      return { status: 400, error: 'invalid_grant' };
    }),
  ],
  [
    'P45',
    'a refresh token by another app',
    'RFC 6749 10.4',
    withCode(async (code) => lab.refresh(other, (await lab.exchange(partner, code)).refresh_token)),
  ],
  [
    'P46',
    'a refresh token at another academy',
    'isolation of academies',
    withCode(async (code) => {
      const { refresh_token: token = '' } = await lab.exchange(partner, code);
      return answered(
        await lab.token(elsewhere, { grant_type: 'refresh_token', refresh_token: token }, lab.there),
      );
    }),
  ],
  [
    'P47',
    'an access token at another academy',
    'isolation of academies',
    withCode(async (code) => {
      const { access_token: token } = await lab.exchange(partner, code);
      const { status, body } = await lab.userinfo(token, lab.there);
      return { status, error: String(body['error']) };
    }),
  ],
  [
    'P48',
    'an access token of somebody who was deactivated',
    'T17',
    async () => {
      const browser = await someone();
      const { access_token: token } = await lab.exchange(partner, await lab.code(browser, partner));
      await lab.auth.as(lab.here, anActor('owner'), () =>
        lab.auth.get(DeactivateUser).execute(browser.signIn?.user.id ?? ''),
      );
      const { status, body } = await lab.userinfo(token);
      return status === 200 ? null : String(body['error']);
    },
  ],
  [
    'P49',
    'an ID token as an access token',
    'token confusion',
    withCode(async (code) => {
      const { status, body } = await lab.userinfo((await lab.exchange(partner, code)).id_token);
      return { status, error: String(body['error']) };
    }),
  ],
  [
    'P50',
    'a code of a public app without PKCE',
    'RFC 7636 1',
    async () => {
      const code = await lab.code(await someone(), spa);
      const { status, error } = await lab.exchange(spa, code, { code_verifier: 'x'.repeat(43) });
      return status === 200 ? null : (error ?? null);
    },
  ],
];

const logouts: readonly Case[] = [
  [
    'P60',
    'signed out to an address that is not registered (open redirect)',
    'RP-Initiated Logout 3',
    async () => {
      const browser = await someone();
      const { id_token: hint = '' } = await lab.exchange(partner, await lab.code(browser, partner));
      const { url, ended } = await lab.leave(browser, {
        id_token_hint: hint,
        post_logout_redirect_uri: 'https://evil.example/',
      });
      return ended || url.includes('evil') ? null : 'calm page: logout_address';
    },
  ],
  [
    'P61',
    'signed out to an address with no app named',
    'RP-Initiated Logout 3',
    async () => {
      const { url } = await lab.leave(await someone(), { post_logout_redirect_uri: AFTER_LOGOUT });
      return url.startsWith('/app-sign-in?problem=') ? 'calm page: logout_address' : null;
    },
  ],
  [
    'P62',
    'signed out by a page that only links here (logout CSRF)',
    'RP-Initiated Logout 6',
    async () => {
      const { url, ended } = await lab.leave(await someone(), {
        client_id: partner.app.id,
        post_logout_redirect_uri: AFTER_LOGOUT,
      });
      return !ended && url.startsWith('/app-sign-in?sign-out=') ? 'asked first' : null;
    },
  ],
  [
    'P63',
    'signed out with the ID token of another person',
    'RP-Initiated Logout 4',
    async () => {
      const { id_token: hint = '' } = await lab.exchange(partner, await lab.code(await someone(), partner));
      const { url, ended } = await lab.leave(await someone(), { id_token_hint: hint });
      return !ended && url.startsWith('/app-sign-in?sign-out=') ? 'asked first' : null;
    },
  ],
  [
    'P64',
    'signed out with an ID token that is forged (alg none, own key)',
    'CVE-2015-9235',
    async () => {
      const browser = await someone();
      const { id_token: real = '' } = await lab.exchange(partner, await lab.code(browser, partner));
      const claims = decodeJwt(real);
      const none = new UnsecuredJWT(claims).encode();
      const own = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 1));
      const all = await Promise.all([none, own].map((hint) => lab.leave(browser, { id_token_hint: hint })));
      return all.some(({ ended }) => ended) ? null : 'calm page: logout_hint';
    },
  ],
  [
    'P65',
    'signed out by one app in the name of another',
    'RP-Initiated Logout 2',
    async () => {
      const browser = await someone();
      const { id_token: hint = '' } = await lab.exchange(partner, await lab.code(browser, partner));
      const { ended } = await lab.leave(browser, { id_token_hint: hint, client_id: other.app.id });
      return ended ? null : 'calm page: logout_hint';
    },
  ],
];

const ISSUER = `${HERE}/oidc`;
const seconds = () => Math.floor(Date.now() / 1000);

interface AssertionParts {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: { readonly alg?: string } & Readonly<Record<string, unknown>>;
  readonly key?: CryptoKey | Uint8Array;
}

/** What an app signs to prove that it is itself, right but for the parts. */
const assertion = ({ claims = {}, header = {}, key = pair.privateKey }: AssertionParts = {}) =>
  new SignJWT({
    ...{ iss: keyed.app.id, sub: keyed.app.id, aud: ISSUER, jti: randomUUID() },
    ...{ iat: seconds(), exp: seconds() + 60, ...claims },
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
    .sign(key);
const shownBy = (code: string, signed: string, tenant = lab.here) =>
  lab.keyed({ ...form(code), client_assertion: signed }, tenant);
const withAssertion =
  (make: () => Promise<string>): Attack =>
  async () => {
    const { status, error } = answered(await shownBy(await lab.code(await someone(), keyed), await make()));
    return status === 200 ? null : error;
  };

const assertions: readonly Case[] = [
  [
    'P70',
    'an assertion signed by a key that is none of the app’s',
    'RFC 7523 3',
    withAssertion(async () => assertion({ key: (await generateKeyPair('ES256')).privateKey })),
  ],
  [
    'P71',
    'an assertion that is not signed (alg none)',
    'CVE-2015-9235',
    withAssertion(async () =>
      new UnsecuredJWT({
        iss: keyed.app.id,
        sub: keyed.app.id,
        aud: ISSUER,
        jti: 'none',
        exp: seconds() + 60,
      }).encode(),
    ),
  ],
  [
    'P72',
    'an assertion whose HMAC is keyed with the app’s public key',
    'CVE-2016-10555',
    withAssertion(async () => {
      const key = Buffer.from(await exportSPKI(pair.publicKey));
      return assertion({ header: { alg: 'HS256' }, key });
    }),
  ],
  [
    'P73',
    'an assertion that brings its own key (jwk, jku, x5u)',
    'CVE-2018-0114',
    withAssertion(async () => {
      const own = await generateKeyPair('ES256');
      const jwk = await exportJWK(own.publicKey);
      const places = { jku: 'https://evil.example/jwks', x5u: 'https://evil.example/cert' };
      return assertion({ header: { jwk, ...places }, key: own.privateKey });
    }),
  ],
  [
    'P74',
    'an assertion that names a key by a path',
    'kid injection',
    withAssertion(async () =>
      assertion({ header: { kid: '../../dev/null', alg: 'HS256' }, key: Buffer.alloc(32) }),
    ),
  ],
  [
    'P75',
    'an assertion for another academy',
    'RFC 7523 3',
    withAssertion(() => assertion({ claims: { aud: 'https://tenant-2.harka.test/oidc' } })),
  ],
  [
    'P76',
    'an assertion that has run out',
    'RFC 7523 3',
    withAssertion(() => assertion({ claims: { exp: seconds() - 60 } })),
  ],
  [
    'P77',
    'an assertion that is good for a year',
    'RFC 7523 3',
    withAssertion(() => assertion({ claims: { exp: seconds() + 365 * 86_400 } })),
  ],
  [
    'P78',
    'an assertion without a name of its own (jti)',
    'RFC 7523 3',
    withAssertion(() => assertion({ claims: { jti: undefined } })),
  ],
  [
    'P79',
    'an assertion shown twice',
    'RFC 7523 3',
    async () => {
      const signed = await assertion();
      const first = await shownBy(await lab.code(await someone(), keyed), signed);
      if (first.status !== 200) throw new Error('It is good once.');
      const { status, error } = answered(await shownBy(await lab.code(await someone(), keyed), signed));
      return status === 200 ? null : error;
    },
  ],
  [
    'P80',
    'an assertion shown ten times at once',
    'RFC 7523 3',
    async () => {
      const signed = await assertion();
      const codes = [];
      for (let each = 0; each < 10; each += 1) codes.push(await lab.code(await someone(), keyed));
      const all = await Promise.all(codes.map((code) => shownBy(code, signed)));
      const through = all.filter(({ status }) => status === 200).length;
      const refused = all.find(({ status }) => status !== 200);
      return through === 1 && refused !== undefined ? answered(refused).error : null;
    },
  ],
  [
    'P81',
    'an app with a key that shows no proof, or a secret',
    'RFC 6749 3.2.1',
    async () => {
      const code = await lab.code(await someone(), keyed);
      const bare = answered(await lab.keyed({ ...form(code), client_id: keyed.app.id }));
      const secret = answered(
        await lab.token({ ...keyed, clientSecret: 'compared-by-its-hash' }, form(code)),
      );
      return bare.status === 200 || secret.status === 200 ? null : bare.error;
    },
  ],
  [
    'P82',
    'an assertion of one app for the code of another',
    'RFC 6749 4.1.3',
    async () => {
      const code = await lab.code(await someone(), partner);
      const { status, error } = answered(await shownBy(code, await assertion()));
      return status === 200 ? null : error;
    },
  ],
];

const all = [...questions, ...browsers, ...tokens, ...logouts, ...assertions];

describe('attacks on apps that sign in with an academy', () => {
  beforeAll(async () => {
    lab = await AppLab.open();
    partner = await lab.app();
    other = await lab.app({ name: 'Other', scopes: ['openid', 'profile', 'email'] });
    spa = await lab.app({ name: 'In the browser', kind: 'public' });
    pair = await generateKeyPair('ES256');
    const key = appKey.parse({ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' });
    keyed = await lab.app({ name: 'With a key', authentication: 'private_key_jwt', publicKeys: [key] });
    elsewhere = await lab.app({ name: 'Elsewhere' }, lab.there);
  }, 120_000);
  afterAll(async () => {
    await lab.close();
  });

  it.each(all)('%s %s', async (id, what, source, attack) => {
    const reason = await attack();
    expect(reason).not.toBeNull();
    rows.push({ id, what, source, reason: reason ?? '' });
  });

  it('lets in who does nothing wrong, by each kind of app', async () => {
    for (const app of [partner, spa]) {
      const { status } = await lab.exchange(app, await lab.code(await someone(), app));
      expect(status).toBe(200);
    }
    expect(keyed.clientSecret).toBeNull();
    expect((await shownBy(await lab.code(await someone(), keyed), await assertion())).status).toBe(200);
    expect(await asked({ scope: 'openid profile' }, () => other)()).toBeNull();
    const browser = new LabBrowser();
    browser.signIn = await aPerson(lab.auth, lab.there);
    const back = new URL(await lab.follow(browser, `/oidc/auth?${lab.query(elsewhere)}`, lab.there));
    const answer = await lab.token(elsewhere, form(back.searchParams.get('code') ?? ''), lab.there);
    expect(answer.status).toBe(200);
  });

  it('tells the administrators what was shown twice', async () => {
    const events = await eventsOf(lab.auth, lab.here);
    const reused = events
      .filter(({ type }) => type === 'auth.app.grant_reused')
      .map(({ payload }) => payload['what']);
    expect(reused).toEqual(expect.arrayContaining(['authorization', 'refresh']));
  });

  it('writes the table of the documentation', () => {
    expect(rows).toHaveLength(all.length);
    const table = tableOf(rows);
    const stored = readFileSync(TABLE, 'utf8');
    if (stored !== table) writeFileSync(TABLE, table);
    // It was written anew: look at what changed, and commit it.
    expect(stored).toBe(table);
  });
});

function tableOf(found: readonly Row[]): string {
  const lines = found.map(
    ({ id, what, source, reason }) => `| ${id} | ${what} | ${source} | refused | \`${reason}\` |`,
  );
  return [
    '<!-- Written by apps/auth/src/issuer/app-attacks.int-spec.ts, which fails when this is not what it found. -->',
    '',
    '# Attacks on apps that sign in with an academy',
    '',
    'Each row is a test that mounts the attack against the academy as an OpenID provider, over a real Postgres and Redis. The',
    'reason is what the app is answered, or the calm page that the browser is led to.',
    '',
    '| id | attack | source | result | reason |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `${found.length} attacks, none of which got anything.`,
    '',
  ].join('\n');
}
