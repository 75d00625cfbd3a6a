import { createSign, createVerify } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { actorOf, codeOf, SignInLab } from '../../testing/index.js';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import { addressesOf, type Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { ReceiveBackchannelLogout } from '../oidc/receive-backchannel-logout.use-case.js';
import { ShowOwnKeys } from '../oidc/show-own-keys.use-case.js';
import { ReceiveSamlLogout } from '../saml/receive-saml-logout.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import type { SignIn } from '../session/sign-in.js';
import { LogOutAtProvider } from './log-out-at-provider.use-case.js';
import { ShowSignInOptions } from './show-sign-in-options.use-case.js';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/** What a provider may ask for and offer besides a plain sign-in. */
describe('the ways of providers', () => {
  let lab: SignInLab;

  beforeAll(async () => {
    lab = await SignInLab.open();
  }, 120_000);
  afterAll(async () => {
    await lab.close();
  });

  const refresh = ({ refreshToken }: SignIn) =>
    codeOf(lab.nobody(() => lab.auth.get(RefreshSession).execute(refreshToken)));
  const enterBySaml = async (connection: Connection, subject: string) => {
    const said = {
      ...(await lab.said(connection)),
      subject,
      attributes: { email: [`${subject}@acme.example`] },
    };
    return (await lab.finish(await lab.respond(connection, said))).signIn;
  };
  const enterByOidc = async (connection: Connection, claims: Record<string, unknown>) => {
    const question = await lab.start(connection);
    lab.op.expect(question, lab.now, claims);
    const settled = await lab.callback(connection, {
      ...{ code: 'c', state: question.searchParams.get('state') ?? '' },
    });
    return lab.finish(settled);
  };
  const leave = ({ user, sessionId }: SignIn) =>
    lab.auth.as(lab.here, actorOf(user, sessionId), () => lab.auth.get(LogOutAtProvider).execute());
  const xmlIn = (url: string | URL, name = 'SAMLRequest') =>
    inflateRawSync(Buffer.from(new URL(url).searchParams.get(name) ?? '', 'base64')).toString();

  it('SAML: signing out here leads over the provider, naming the person it knows', async () => {
    const connection = await lab.connection();
    const signIn = await enterBySaml(connection, 'leaves');
    const url = new URL((await leave(signIn)) ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(lab.idp.sloUrl);
    expect(xmlIn(url)).toMatch(/LogoutRequest[\s\S]*leaves/);
    expect(url.searchParams.get('Signature')).not.toBeNull();
    expect(await refresh(signIn)).toBe('auth.session_ended');
  });

  it('SAML: signing out at the provider ends the session here, that of nobody else, and is answered', async () => {
    const connection = await lab.connection();
    const [gone, stays] = [await enterBySaml(connection, 'gone'), await enterBySaml(connection, 'stays')];
    const xml = lab.idp.logoutRequest(addressesOf(connection).slo, 'gone', lab.now);
    const asked = `SAMLRequest=${encodeURIComponent(deflateRawSync(Buffer.from(xml)).toString('base64'))}&RelayState=back&SigAlg=${encodeURIComponent(RSA_SHA256)}`;
    const signature = createSign('RSA-SHA256').update(asked).sign(lab.idp.key.key, 'base64');
    const query = `${asked}&Signature=${encodeURIComponent(signature)}`;
    const answer = await lab.nobody(() =>
      lab.auth.get(ReceiveSamlLogout).execute(connection.id, { binding: 'redirect', query }),
    );
    expect(answer.startsWith(lab.idp.sloUrl)).toBe(true);
    const id = /\bID="([^"]+)"/.exec(xml)?.[1] ?? '-';
    expect(xmlIn(answer, 'SAMLResponse')).toContain(`InResponseTo="${id}"`);
    expect(new URL(answer).searchParams.get('RelayState')).toBe('back');
    expect([await refresh(gone), await refresh(stays)]).toEqual(['auth.session_ended', null]);
  });

  it('SAML: asks for the name that was chosen, and for a fresh sign-in where that is wanted', async () => {
    const formats = {
      unspecified: null,
      persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    } as const;
    for (const [nameIdFormat, format] of Object.entries(formats)) {
      const connection = await lab.connection({
        saml: { nameIdFormat, forceAuthn: nameIdFormat === 'email' },
      });
      const xml = xmlIn(await lab.start(connection));
      const asked = /<[^>]*NameIDPolicy[^>]* Format="([^"]+)"/.exec(xml)?.[1] ?? null;
      expect([nameIdFormat, asked]).toEqual([nameIdFormat, format]);
      expect(xml.includes('ForceAuthn="true"')).toBe(nameIdFormat === 'email');
    }
  });

  it('SAML: announces a new key of ours before it signs, so that no provider is surprised', async () => {
    const connection = await lab.connection();
    const rotate = () => lab.owner(() => lab.auth.get(ChangeConnectionState).rotateKey(connection.id));
    const signedBy = async (certificates: readonly string[]) => {
      const { search } = await lab.start(connection);
      const [signed = '', signature = ''] = search.slice(1).split('&Signature=');
      const bytes = Buffer.from(decodeURIComponent(signature), 'base64');
      return certificates.filter((pem) => createVerify('RSA-SHA256').update(signed).verify(pem, bytes));
    };
    const [old = ''] = connection.certificates;
    const [fresh = ''] = (await rotate()).certificates;
    expect(await signedBy([old, fresh])).toEqual([old]);
    expect((await rotate()).certificates).toEqual([fresh]);
    expect(await signedBy([old, fresh])).toEqual([fresh]);
  });

  it('SAML: takes any of several certificates, and not one that was taken away', async () => {
    const first = await lab.connection();
    const [known = ''] = first.saml?.certificates ?? [];
    const both = await lab.connection({
      saml: {
        metadataXml: undefined,
        entityId: lab.idp.entityId,
        ssoUrl: lab.idp.ssoUrl,
        certificates: [first.certificates[0] ?? '', known],
      },
    });
    expect((await lab.respond(both, await lab.said(both))).kind).toBe('handoff');
    const gone = await lab.connection({
      saml: {
        metadataXml: undefined,
        entityId: lab.idp.entityId,
        ssoUrl: lab.idp.ssoUrl,
        certificates: [first.certificates[0] ?? ''],
      },
    });
    const settled = await lab.respond(gone, await lab.said(gone));
    expect(await lab.reasonOf(settled, gone)).toBe('signature_invalid');
  });

  it('OpenID Connect: signing out here leads over the provider, and its word by the back channel ends the session', async () => {
    const connection = await lab.connection({}, 'oidc');
    const { signIn } = await enterByOidc(connection, { sub: 'rp', email: 'rp@acme.example', sid: 's-1' });
    const url = new URL((await leave(signIn)) ?? '');
    expect([url.pathname, url.searchParams.get('post_logout_redirect_uri')]).toEqual([
      '/logout',
      addressesOf(connection).signedOut,
    ]);
    expect(url.searchParams.get('id_token_hint')).toMatch(/^ey/);

    const two = [
      await enterByOidc(connection, { sub: 'rp', email: 'rp@acme.example', sid: 's-2' }),
      await enterByOidc(connection, { sub: 'rp', email: 'rp@acme.example', sid: 's-3' }),
    ] as const;
    const now = Math.floor(lab.now.getTime() / 1000);
    const token = await lab.op.sign(
      {
        ...{ iss: lab.op.issuer, aud: lab.op.clientId, sid: 's-2', iat: now, exp: now + 60, jti: 'j-1' },
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      },
      { typ: 'logout+jwt' },
    );
    await lab.nobody(() => lab.auth.get(ReceiveBackchannelLogout).execute(connection.id, token));
    expect(await Promise.all(two.map(async (each) => refresh(each.signIn)))).toEqual([
      'auth.session_ended',
      null,
    ]);
  });

  it('OpenID Connect: shows who we are by a secret in the body, or by a key of ours that is published', async () => {
    const posting = await lab.connection({ oidc: { clientAuthentication: 'client_secret_post' } }, 'oidc');
    await enterByOidc(posting, { sub: 'post', email: 'post@acme.example' });
    expect(lab.op.asked.at(-1)?.get('client_secret')).toBe(lab.op.clientSecret);

    const signing = await lab.connection({ oidc: { clientAuthentication: 'private_key_jwt' } }, 'oidc');
    await enterByOidc(signing, { sub: 'signs', email: 'signs@acme.example' });
    const keys = await lab.nobody(() => lab.auth.get(ShowOwnKeys).execute(signing.id));
    const assertion = lab.op.asked.at(-1)?.get('client_assertion') ?? '';
    const set = createLocalJWKSet({ keys });
    const { payload } = await jwtVerify(assertion, set, { currentDate: new Date() });
    expect(payload).toMatchObject({ iss: lab.op.clientId, sub: lab.op.clientId });
    expect(lab.op.asked.at(-1)?.get('client_secret')).toBeNull();
    expect(JSON.stringify(keys)).not.toMatch(/"[dpq]":/);
  });

  it('OpenID Connect: reads groups that are too many for a token at userinfo', async () => {
    const rules = [{ value: 'trainers', role: 'instructor' }];
    const connection = await lab.connection({ provisioning: { rules } }, 'oidc');
    lab.op.userinfo = ({ sub }) => ({ sub, groups: ['everybody', 'trainers'] });
    const overage = {
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: 'https://graph.example' } },
    };
    const { signIn } = await enterByOidc(connection, { sub: 'many', email: 'many@acme.example', ...overage });
    lab.op.userinfo = ({ sub }) => ({ sub });
    expect(signIn.user.role).toBe('instructor');
  });

  it('OpenID Connect: lets nobody in from another directory of the same provider', async () => {
    const connection = await lab.connection({ oidc: { requiredClaims: { tid: 'ours' } } }, 'oidc');
    const theirs = enterByOidc(connection, { sub: 'tid', email: 'tid@acme.example', tid: 'theirs' });
    await expect(theirs).rejects.toThrow('handoff_unknown');
    const { signIn } = await enterByOidc(connection, { sub: 'tid', email: 'tid@acme.example', tid: 'ours' });
    expect(signIn.user.email).toBe('tid@acme.example');
  });

  it('has one default among several, which moves, and none that is disabled', async () => {
    const [one, other] = [await lab.connection(), await lab.connection()];
    const state = lab.auth.get(ChangeConnectionState);
    const defaults = async () =>
      (await lab.nobody(() => lab.auth.get(ConnectionRepository).all()))
        .filter(({ isDefault }) => isDefault)
        .map(({ id }) => id);
    await lab.owner(() => state.makeDefault(one.id));
    await lab.owner(() => state.makeDefault(other.id));
    expect(await defaults()).toEqual([other.id]);
    const { connections } = await lab.nobody(() => lab.auth.get(ShowSignInOptions).all());
    expect(connections.find(({ isDefault }) => isDefault)?.id).toBe(other.id);
    await lab.owner(() => state.disable(other.id));
    expect(await defaults()).toEqual([]);
  });
});
