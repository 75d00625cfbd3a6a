import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewSetupLink, SetupInput } from '#libs/contracts/auth';
import { codeOf, eventsOf, mailsOf, SignInLab } from '../../testing/index.js';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import { addressesOf, type Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { StartSignIn } from '../federation/start-sign-in.use-case.js';
import { ManageSetupLinks } from './manage-setup-links.use-case.js';
import { SetUpByLink } from './set-up-by-link.use-case.js';

const BROWSER = 'b'.repeat(43);
const OTHER = 'o'.repeat(43);
const site = { scheme: 'https', host: 'tenant-1.harka.test' } as const;
const asked: NewSetupLink = {
  ...{ connectionId: null, name: 'Company', kind: null, provider: 'generic' },
  ...{ recipient: null, uses: 'one', days: 7 },
};

/** What somebody without an account can do who was given a link, and what he cannot. */
describe('setting a connection up by a link', () => {
  let lab: SignInLab;
  let saml: SetupInput;

  beforeAll(async () => {
    lab = await SignInLab.open();
    saml = { token: '', kind: 'saml', saml: { metadataXml: lab.idp.metadata() } };
  }, 120_000);
  afterAll(async () => {
    await lab.close();
  });

  const links = () => lab.auth.get(ManageSetupLinks);
  const make = async (change: Partial<NewSetupLink> = {}, tenant = lab.here) => {
    const { link, url } = await lab.owner(() => links().create({ ...asked, ...change }, site), tenant);
    return { ...link, url, token: url.split('#token=')[1] ?? '' };
  };
  const byLink = <R>(work: (setup: SetUpByLink) => Promise<R>, tenant = lab.here) =>
    lab.nobody(() => work(lab.auth.get(SetUpByLink)), tenant);
  const open = (token: string, browser = BROWSER, tenant = lab.here) =>
    byLink((setup) => setup.show({ token, browser }), tenant);
  const save = (token: string, input: SetupInput = saml) =>
    byLink((setup) => setup.save({ token, browser: BROWSER }, input, site));
  const stored = (id: string) => lab.nobody(() => lab.auth.get(ConnectionRepository).byId(id));
  /** A test from its question to what is found in the answer. */
  const test = async (token: string, connection: Connection, change: object = {}) => {
    const shown = { token, browser: BROWSER };
    const start = new URL(await byLink((setup) => setup.test(shown)));
    const begin = {
      ...{ connectionId: connection.id, origin: connection.origin, returnTo: undefined },
      ...{ test: start.searchParams.get('test') ?? '', browserToken: BROWSER },
    };
    const question = new URL(await lab.nobody(() => lab.auth.get(StartSignIn).execute(begin)));
    const inResponseTo = lab.requestIdOf(question);
    const settled = await lab.respond(connection, { ...lab.saidTo(connection), inResponseTo, ...change });
    if (settled.kind !== 'tested') throw new Error(`Not tested: ${settled.kind}`);
    expect(settled.isByLink).toBe(true);
    return byLink((setup) => setup.attempt(shown, settled.attemptId));
  };

  it('leads from a mail to a tested connection, which an administrator enables; all of it is in the log', async () => {
    const link = await make({ recipient: 'it@company.example' });
    const [mail] = (await mailsOf(lab.auth, lab.here)).filter(({ to }) => to.email === 'it@company.example');
    expect(mail?.link).toBe(link.url);
    const before = await open(link.token);
    expect([before.connection, before.tests]).toEqual([null, []]);
    const { connection } = await save(link.token);
    if (connection === null) throw new Error('Nothing was saved.');
    expect(connection).toMatchObject({
      ...{ id: link.connectionId, name: 'Company', state: 'draft' },
      provisioning: { mode: 'invited', emailDomains: 'verified', defaultRole: 'learner' },
    });
    expect(addressesOf(connection)).toEqual(addressesOf({ id: link.connectionId, origin: link.origin }));
    expect(await test(link.token, connection, { audience: 'https://wrong.example' })).toMatchObject({
      ...{ outcome: 'refused', reason: 'audience' },
    });
    expect(await test(link.token, connection)).toMatchObject({ outcome: 'succeeded' });
    expect(await stored(connection.id)).toMatchObject({ state: 'tested', testedBy: null });
    await byLink((setup) => setup.finish({ token: link.token, browser: BROWSER }));
    expect(await codeOf(open(link.token))).toBe('setup_link.invalid');
    await lab.owner(() => lab.auth.get(ChangeConnectionState).enable(connection.id));

    const done = (
      await lab.nobody(() =>
        lab.auth.shard.database.query<Record<string, unknown>>(
          `SELECT type, actor_kind, actor_id FROM events.events WHERE actor_id = '${link.id}' ORDER BY position`,
        ),
      )
    ).map(({ type, actor_kind: kind }) => [type, kind]);
    expect(done).toEqual([
      ['auth.setup_link.opened', 'anonymous'],
      ['auth.connection.created', 'anonymous'],
      ['auth.connection.tested', 'anonymous'],
      ['auth.connection.tested', 'anonymous'],
      ['auth.setup_link.finished', 'anonymous'],
    ]);
  });

  it('keeps the token nowhere in the clear', async () => {
    const { token } = await make();
    const rows = await lab.nobody(() =>
      lab.auth.shard.database.query<{ row: string }>('SELECT l::text AS row FROM auth.setup_links l'),
    );
    const told = JSON.stringify(await eventsOf(lab.auth, lab.here));
    expect([rows.length > 0, rows.some(({ row }) => row.includes(token)), told.includes(token)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is good at the academy that made it, and nowhere else', async () => {
    const { token } = await make();
    expect(await codeOf(open(token, BROWSER, lab.there))).toBe('setup_link.invalid');
    expect(await codeOf(open('x'.repeat(43)))).toBe('setup_link.invalid');
    expect((await open(token)).link.name).toBe('Company');
  });

  it('is for the browser that opens it first, of many at once for one', async () => {
    const { token } = await make();
    const browsers = Array.from({ length: 8 }, (_, n) => String(n).repeat(43));
    const codes = await Promise.all(browsers.map((browser) => codeOf(open(token, browser))));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === 'setup_link.taken')).toHaveLength(7);
    const shared = await make({ uses: 'many' });
    expect([await codeOf(open(shared.token)), await codeOf(open(shared.token, OTHER))]).toEqual([null, null]);
  });

  it('ends when it is revoked, when its time is over, and when its connection is enabled or removed', async () => {
    const revoked = await make();
    await lab.owner(() => links().revoke(revoked.id));
    expect(await codeOf(open(revoked.token))).toBe('setup_link.invalid');
    expect(await codeOf(lab.owner(() => links().revoke(revoked.id)))).toBe('setup_link.not_found');

    const removed = await make();
    await save(removed.token);
    await lab.owner(() => lab.auth.get(ChangeConnectionState).remove(removed.connectionId));
    expect(await codeOf(save(removed.token))).toBe('setup_link.invalid');
    expect(await stored(removed.connectionId)).toBeNull();

    const enabled = await make();
    await save(enabled.token);
    await lab.nobody(async () => {
      const now = await stored(enabled.connectionId);
      if (now !== null) await lab.auth.get(ConnectionRepository).save({ ...now, testedAt: lab.now });
    });
    await lab.owner(() => lab.auth.get(ChangeConnectionState).enable(enabled.connectionId));
    expect(await codeOf(save(enabled.token))).toBe('setup_link.invalid');

    const late = await make({ days: 1 });
    lab.auth.clock.advance(86_400_001);
    expect(await codeOf(open(late.token))).toBe('setup_link.invalid');
  });

  it('is not made for what people sign in by, and reaches no other connection', async () => {
    const active = await lab.connection();
    expect(await codeOf(make({ connectionId: active.id }))).toBe('setup_link.connection_active');
    const foreign = await lab.connection({}, 'saml', lab.there);
    expect(await codeOf(make({ connectionId: foreign.id }))).toBe('connection.not_found');
    const { token } = await make();
    await save(token);
    const settled = await lab.respond(active, {
      ...(await lab.said(active)),
      audience: 'https://wrong.example',
    });
    const attemptId = settled.kind === 'refused' ? settled.attemptId : '';
    const read = byLink((setup) => setup.attempt({ token, browser: BROWSER }, attemptId));
    expect(await codeOf(read)).toBe('sso_attempt.not_found');
  });

  it('shows tests since it is there, and no sign-in of anybody', async () => {
    const used = await lab.connection();
    const settled = await lab.respond(used, { ...(await lab.said(used)), audience: 'https://wrong.example' });
    await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(used.id));
    const { token } = await make({ connectionId: used.id });
    expect((await open(token)).tests).toEqual([]);
    const attemptId = settled.kind === 'refused' ? settled.attemptId : '';
    const read = byLink((setup) => setup.attempt({ token, browser: BROWSER }, attemptId));
    expect(await codeOf(read)).toBe('sso_attempt.not_found');
  });

  it('changes what the provider says, and not how strict the academy is', async () => {
    const strict = await lab.connection({ saml: { signed: 'both', forceAuthn: true } });
    await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(strict.id));
    const { token } = await make({ connectionId: strict.id });
    const ssoUrl = 'https://elsewhere.example/sso';
    await save(token, { token, kind: 'saml', saml: { ssoUrl } });
    const now = await stored(strict.id);
    expect(now?.saml).toMatchObject({ signed: 'both', forceAuthn: true, ssoUrl });
    expect(now).toMatchObject({ testedAt: null, state: 'disabled' });
    const oidc = { issuer: lab.op.issuer, clientId: 'harka', clientSecret: 'secret' };
    expect(await codeOf(save(token, { token, kind: 'oidc', oidc }))).toBe('setup_link.other_kind');
  });

  it('takes an OpenID provider just as well', async () => {
    const { token } = await make({ kind: 'oidc' });
    const { issuer, clientId, clientSecret } = lab.op;
    const { connection } = await save(token, {
      token,
      kind: 'oidc',
      oidc: { issuer, clientId, clientSecret },
    });
    expect(connection?.oidc).toMatchObject({ issuer, clientId, clientAuthentication: 'client_secret_basic' });
    expect(await codeOf(save(token))).toBe('setup_link.other_kind');
  });

  it('is not tried out without end', async () => {
    const guess = () => codeOf(open('x'.repeat(43), BROWSER, lab.there));
    const codes = await Promise.all(Array.from({ length: 130 }, guess));
    expect(new Set(codes)).toEqual(new Set(['setup_link.invalid', 'auth.too_many_requests']));
  });
});
