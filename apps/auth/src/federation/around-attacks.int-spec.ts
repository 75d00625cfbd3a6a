import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newConnection, type NewSetupLink } from '#libs/contracts/auth';
import { OutboundClient } from '#libs/outbound';
import {
  actorOf,
  anActor,
  aPerson,
  codeOf,
  expectOnPage,
  mailsOf,
  PASSWORD,
  SignInLab,
  type Attack,
  type AttackCase as Case,
  type AttackRow,
} from '../../testing/index.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { CreateConnection } from '../connection/create-connection.use-case.js';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import { AskPasswordReset } from '../password/ask-password-reset.use-case.js';
import { ManageScimTokens } from '../scim/manage-scim-tokens.use-case.js';
import { ScimDoor } from '../scim/scim-door.http.js';
import { LogIn } from '../session/log-in.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import { patience } from '../throttle/login-throttle.js';
import { ManageSetupLinks } from '../setup-link/manage-setup-links.use-case.js';
import { SetUpByLink } from '../setup-link/set-up-by-link.use-case.js';
import { StartSignIn } from './start-sign-in.use-case.js';
import { safeReturn } from './sign-in-flow.js';

const site = { scheme: 'https', host: 'tenant-1.harka.test' } as const;
const BROWSER = 'b'.repeat(43);

let lab: SignInLab;
const rows: AttackRow[] = [];

const setUp = (settings: object) =>
  codeOf(
    lab.owner(() =>
      lab.auth.get(CreateConnection).execute(newConnection.parse({ name: 'Evil', ...settings }), site),
    ),
  );
const metadataAt =
  (url: string): Attack =>
  () =>
    setUp({ kind: 'saml', saml: { metadataUrl: url } });
const atProvider =
  (path: string, movedTo = ''): Attack =>
  () => {
    lab.op.movedTo = movedTo;
    return setUp({ kind: 'saml', saml: { metadataUrl: `${lab.op.issuer}/${path}` } });
  };
/** A provider that may be called and says that its parts are where nothing may be. */
const described =
  (metadata: Readonly<Record<string, string>>): Attack =>
  async () => {
    lab.op.metadata = metadata;
    const oidc = { issuer: lab.op.issuer, clientId: 'harka', clientSecret: 'secret' };
    const code = await setUp({ kind: 'oidc', oidc });
    lab.op.metadata = {};
    return code;
  };
const resolvedTo =
  (...addresses: readonly string[]): Attack =>
  async () => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const client = new OutboundClient({
      allow: [],
      resolve: (_, done) => {
        done(null, found);
      },
    });
    return codeOf(client.call('https://idp.example.com/metadata')).finally(() => client.close());
  };

const addresses: readonly Case[] = [
  [
    'N01',
    'Metadata at the metadata service of a cloud',
    'SSRF',
    metadataAt('https://169.254.169.254/latest'),
  ],
  ['N01b', 'Metadata on this machine', 'SSRF', metadataAt('https://127.0.0.1/metadata')],
  ['N01c', 'The same by its name', 'SSRF', metadataAt('https://localhost/metadata')],
  ['N01d', 'The same in IPv6', 'SSRF', metadataAt('https://[::1]/metadata')],
  ['N01e', 'The same, IPv4 written as IPv6', 'SSRF', metadataAt('https://[::ffff:127.0.0.1]/metadata')],
  ['N01f', 'The same as one number', 'SSRF', metadataAt('https://2130706433/metadata')],
  ['N01g', 'The same in octal', 'SSRF', metadataAt('https://0177.0.0.1/metadata')],
  ['N01h', 'Metadata in a private network', 'SSRF', metadataAt('https://10.0.0.1/metadata')],
  ['N01i', 'A port that no web server has', 'SSRF', metadataAt('https://idp.example.com:6379/')],
  ['N01j', 'Without TLS', 'downgrade', metadataAt('http://idp.example.com/metadata')],
  ['N01k', 'A password in the address', 'SSRF', metadataAt('https://user:secret@idp.example.com/')],
  [
    'N02',
    'A redirect to the metadata service of a cloud',
    'SSRF',
    atProvider('moved', 'http://169.254.169.254/'),
  ],
  ['N02b', 'A redirect to another port of this machine', 'SSRF', atProvider('moved', 'http://127.0.0.1:1/')],
  ['N02c', 'A redirect to a file', 'SSRF', atProvider('moved', 'file:///etc/passwd')],
  ['N02d', 'A redirect to itself without end', 'CWE-400', atProvider('moved', '/moved')],
  ['N03', 'A name that leads to this machine', 'DNS rebinding', resolvedTo('127.0.0.1')],
  ['N03b', 'A private address among public ones', 'DNS rebinding', resolvedTo('93.184.216.34', '10.0.0.1')],
  ['N04', 'Keys of the provider on this machine', 'SSRF', described({ jwks_uri: 'http://127.0.0.1:1/keys' })],
  ['N04b', 'Its token endpoint there', 'SSRF', described({ token_endpoint: 'https://10.0.0.1:8443/token' })],
  ['N04c', 'Its userinfo there', 'SSRF', described({ userinfo_endpoint: 'file:///etc/passwd' })],
  ['N05', 'Metadata of two megabytes', 'CWE-400', atProvider('flood')],
  ['N05b', 'A page instead of metadata', 'CWE-20', atProvider('page')],
];

const nobody = <R>(work: () => R, tenant = lab.here) => lab.nobody(work, tenant);
const login = (email: string, password = PASSWORD, ip = '192.0.2.1') =>
  lab.auth.as(lab.here, {}, () => lab.auth.get(LogIn).execute(email, password), { userAgent: 'Browser', ip });
const refresh = (token: string, userAgent = 'Browser', tenant = lab.here) =>
  codeOf(
    lab.auth.as(tenant, {}, () => lab.auth.get(RefreshSession).execute(token), {
      userAgent,
      ip: '192.0.2.1',
    }),
  );
const somebody = async () => (await aPerson(lab.auth, lab.here)).user.email;

const sessions: readonly Case[] = [
  [
    'T01',
    'A refresh token that was used before',
    'RFC 9700 4.14',
    async () => {
      const { refreshToken } = await login(await somebody());
      await refresh(refreshToken);
      lab.auth.clock.advance(60_000);
      return refresh(refreshToken);
    },
  ],
  [
    'T01b',
    'The same from another device, at once',
    'RFC 9700 4.14',
    async () => {
      const { refreshToken } = await login(await somebody());
      await refresh(refreshToken);
      return refresh(refreshToken, 'curl');
    },
  ],
  [
    'T02',
    'A refresh token of one academy at another',
    'cross-tenant',
    async () => refresh((await login(await somebody())).refreshToken, 'Browser', lab.there),
  ],
  [
    'T03',
    'A session that stays the same when somebody signs in again',
    'session fixation, CWE-384',
    async () => {
      const email = await somebody();
      const [one, other] = [await login(email), await login(email)];
      return one.sessionId === other.sessionId ? null : { harmless: 'each sign-in has a session of its own' };
    },
  ],
  [
    'T04',
    'Finding out who is here by the answer to a wrong password',
    'CWE-204',
    async () => {
      const answer = async (email: string) => codeOf(login(email, 'wrong horse battery'));
      const [known, unknown] = [await answer(await somebody()), await answer('ghost@acme.example')];
      return known === unknown ? known : null;
    },
  ],
  [
    'T04b',
    'Finding out who is here by asking for a new password',
    'CWE-204',
    async () => {
      const ask = (email: string) => nobody(() => lab.auth.get(AskPasswordReset).execute(email, site));
      const [known, unknown] = [
        await codeOf(ask(await somebody())),
        await codeOf(ask('ghost-2@acme.example')),
      ];
      return known === unknown ? { harmless: 'the answer is the same' } : null;
    },
  ],
  [
    'T05',
    'One password after the other for one account',
    'CWE-307',
    async () => {
      const email = await somebody();
      for (let guess = 0; guess < 5; guess += 1) await codeOf(login(email, `wrong horse ${guess}`));
      return codeOf(login(email));
    },
  ],
  [
    'T05b',
    'One password for one account after the other',
    'password spraying',
    async () => {
      const ip = '198.51.100.7';
      for (let guess = 0; guess < patience.addressFailures; guess += 1) {
        await codeOf(login(`sprayed-${guess}@acme.example`, 'wrong horse battery', ip));
      }
      return codeOf(login(await somebody(), PASSWORD, ip));
    },
  ],
  [
    'T06',
    'A foreign host in the request for a new password',
    'host-header poisoning',
    async () => {
      const email = await somebody();
      const evil = { scheme: 'https', host: 'evil.example' } as const;
      await nobody(() => lab.auth.get(AskPasswordReset).execute(email, evil));
      const mail = (await mailsOf(lab.auth, lab.here)).findLast(({ to }) => to.email === email);
      const host = new URL(mail?.link ?? 'https://evil.example').hostname;
      return host === 'evil.example' ? null : { harmless: 'the link in the mail leads to the academy' };
    },
  ],
  [
    'T06b',
    'A foreign host where a connection is set up',
    'host-header poisoning',
    async () => {
      const input = newConnection.parse({
        ...{ kind: 'saml', name: 'Company' },
        saml: { metadataXml: lab.idp.metadata() },
      });
      const evil = { scheme: 'https', host: 'evil.example' } as const;
      const { origin } = await lab.owner(() => lab.auth.get(CreateConnection).execute(input, evil));
      return origin.includes('evil') ? null : { harmless: 'the metadata name the address of the academy' };
    },
  ],
  [
    'T07',
    'A way back to another site after signing in',
    'open redirect, CWE-601',
    async () => {
      const asked = [
        '//evil.example',
        '/\\evil.example',
        'https:evil.example',
        '/\t/evil.example',
        '/.//evil',
      ];
      const led = asked.map((to) => safeReturn(to)).filter((to) => to !== '/');
      return Promise.resolve(led.length > 0 ? null : { harmless: 'leads to the front page' });
    },
  ],
  [
    'T08',
    'A SCIM token of one academy at another',
    'cross-tenant',
    async () => {
      const owner = await aPerson(lab.auth, lab.here, 'owner');
      const { token } = await lab.auth.as(lab.here, actorOf(owner.user), () =>
        lab.auth.get(ManageScimTokens).create({ name: 'Directory', expiresAt: null }),
      );
      const work = async () => Promise.resolve();
      return codeOf(nobody(() => lab.auth.get(ScimDoor).enter(`Bearer ${token}`, 'test', work), lab.there));
    },
  ],
];

const link = async (change: Partial<NewSetupLink> = {}) => {
  const asked: NewSetupLink = {
    ...{ connectionId: null, name: 'Company', kind: null, provider: 'generic' },
    ...{ recipient: null, uses: 'one', days: 1, ...change },
  };
  const make = () => lab.auth.get(ManageSetupLinks).create(asked, site);
  const { link: made, url } = await lab.auth.as(lab.here, anActor('owner'), make);
  return { ...made, token: url.split('#token=')[1] ?? '' };
};
const byLink = (token: string, browser = BROWSER, tenant = lab.here) =>
  codeOf(nobody(() => lab.auth.get(SetUpByLink).show({ token, browser }), tenant));

const setupLinks: readonly Case[] = [
  [
    'T09',
    'A setup link of one academy at another',
    'cross-tenant',
    async () => byLink((await link()).token, BROWSER, lab.there),
  ],
  [
    'T09b',
    'A setup link that another browser has opened',
    'link forwarding',
    async () => {
      const { token } = await link();
      await byLink(token);
      return byLink(token, 'o'.repeat(43));
    },
  ],
  [
    'T09c',
    'A setup link that was taken back',
    'CWE-613',
    async () => {
      const { id, token } = await link();
      await lab.owner(() => lab.auth.get(ManageSetupLinks).revoke(id));
      return byLink(token);
    },
  ],
  [
    'T09d',
    'A setup link for what people sign in by',
    'account takeover',
    async () => {
      const { id } = await lab.connection();
      return codeOf(link({ connectionId: id }));
    },
  ],
  [
    'T09e',
    'A setup link kept until its connection was enabled',
    'account takeover',
    async () => {
      const { connectionId, token } = await link();
      const saml = { metadataXml: lab.idp.metadata() };
      const shown = { token, browser: BROWSER };
      const save = () => lab.auth.get(SetUpByLink).save(shown, { token, kind: 'saml', saml }, site);
      await nobody(save);
      await lab.owner(async () => {
        const connections = lab.auth.get(ConnectionRepository);
        const now = await connections.byId(connectionId);
        if (now !== null) await connections.save({ ...now, testedAt: lab.now });
        await lab.auth.get(ChangeConnectionState).enable(connectionId);
      });
      return codeOf(nobody(save));
    },
  ],
  [
    'T10',
    'A test that nobody with the right to it began',
    'CWE-862',
    async () => {
      const { id, origin } = await lab.connection();
      const asked = { connectionId: id, origin, returnTo: undefined, browserToken: BROWSER };
      const start = nobody(() => lab.auth.get(StartSignIn).execute({ ...asked, test: 'x'.repeat(43) }));
      return start.then(
        () => null,
        (error: unknown) => (error as { reason: string }).reason,
      );
    },
  ],
];

/** What is mounted not on an answer of a provider, but beside it. */
describe('attacks around a sign-in', () => {
  beforeAll(async () => {
    lab = await SignInLab.open();
  }, 120_000);
  afterAll(async () => {
    await lab.close();
  });

  const groups = { addresses, sessions, setupLinks };
  describe.each(Object.entries(groups))('%s', (_, cases) => {
    it.each(cases)('%s %s', async (id, what, source, attack) => {
      const reason = await attack();
      expect([id, reason]).not.toEqual([id, null]);
      rows.push({ id, what, source, reason: reason ?? '' });
    });
  });

  it('do not stand in the way of what is right', async () => {
    const email = await somebody();
    const { refreshToken } = await login(email);
    expect(await refresh(refreshToken)).toBeNull();
    expect(await byLink((await link()).token)).toBeNull();
    expect(safeReturn('/courses?page=2')).toBe('/courses?page=2');
    expect(await setUp({ kind: 'saml', saml: { metadataXml: lab.idp.metadata() } })).toBeNull();
    expect(await described({})()).toBeNull();
  });

  it('stand on the page of attacks as they are', () => {
    expect(rows).toHaveLength(Object.values(groups).flat().length);
    expectOnPage('around', 'apps/auth/src/federation/around-attacks.int-spec.ts', rows);
  });
});
