import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { processEnvironment } from '#libs/config';
import type { AttemptDetail, ConnectionView, NewConnection } from '#libs/contracts/auth';
import { anAcademy, type Academy } from '../support/academy.js';
import { keyPair } from '../support/peers/key-pair.mjs';
import { lassoResponse } from '../support/peers/lasso.mjs';
import { OpenIdProvider } from '../support/peers/openid-provider.mjs';
import { SamlifyIdp } from '../support/peers/samlify.mjs';
import { Site, type Answer } from '../support/platform.js';

type Body = Record<string, unknown> & Pick<NewConnection, 'kind'>;
/** What a provider does with a question: the request that the browser makes next. */
type Provider = (question: string) => Promise<Answer>;

const provisioning = { mode: 'create', emailDomains: 'any' };
const cookiesOf = ({ headers }: Answer) =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
const locationOf = ({ headers }: Answer) => String(headers['location']);

describe('signing in by real identity providers, through the gateway', () => {
  let academy: Academy;
  let site: Site;
  let pair: { key: string; certificate: string };

  beforeAll(async () => {
    academy = await anAcademy(`sso-${Date.now().toString(36)}`);
    site = new Site(academy.slug);
    pair = await keyPair('idp.example');
  }, 120_000);

  const connect = (body: Body) =>
    academy.owner.send<ConnectionView>('POST', '/api/v1/sso/connections', { provisioning, ...body });
  const spMetadata = async ({ id }: ConnectionView) =>
    (await site.call({ path: `/auth/saml/${id}/metadata` })).text;
  const post =
    ({ id }: ConnectionView, origin = 'https://idp.example') =>
    (response: string) =>
      site.call({
        method: 'POST',
        path: `/auth/saml/${id}/acs`,
        headers: {
          origin,
          'sec-fetch-site': 'cross-site',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: Buffer.from(
          new URLSearchParams({ SAMLResponse: response, RelayState: 'https://evil.example' }).toString(),
        ),
      });

  /** The test that an administrator runs, and what the trace says of it. */
  async function test({ id }: ConnectionView, provider: Provider): Promise<AttemptDetail> {
    const { startUrl } = await academy.owner.send<{ startUrl: string }>(
      'POST',
      `/api/v1/sso/connections/${id}/test`,
    );
    const { pathname, search } = new URL(startUrl);
    const answer = await provider(locationOf(await site.call({ path: pathname + search })));
    const attempt = new URL(locationOf(answer), 'http://here').searchParams.get('attempt') ?? '';
    expect(cookiesOf(answer)).toBe('');
    return academy.owner.get<AttemptDetail>(`/api/v1/sso/connections/${id}/attempts/${attempt}`);
  }

  async function signIn({ id }: ConnectionView, provider: Provider): Promise<Answer> {
    const start = await site.call({ path: `/auth/sso/${id}/start?returnTo=/catalogue` });
    const answer = await provider(locationOf(start));
    return site.call({ path: locationOf(answer), headers: { cookie: cookiesOf(start) } });
  }

  /** From a draft to somebody who is signed in. */
  async function wholeWay(connection: ConnectionView, provider: Provider, email: string): Promise<void> {
    const enable = () =>
      academy.owner.call({ method: 'POST', path: `/api/v1/sso/connections/${connection.id}/enable` });
    expect((await enable()).status).toBe(409);
    expect(await test(connection, provider)).toMatchObject({
      outcome: 'succeeded',
      reason: null,
      person: { email },
    });
    expect((await enable()).status).toBe(200);
    const finished = await signIn(connection, provider);
    expect([finished.status, locationOf(finished)]).toEqual([303, '/catalogue']);
    const me = await site.call({ path: '/api/v1/auth/me', headers: { cookie: cookiesOf(finished) } });
    expect(me.json).toMatchObject({ email, role: 'learner' });
  }

  const lassoMetadata =
    () => `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://lasso.example/idp">
    <!-- metadata have comments --><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" WantAuthnRequestsSigned="true">
    <KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${pair.certificate.replace(/-----[A-Z ]+-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://lasso.example/sso"/></IDPSSODescriptor></EntityDescriptor>`;
  const lasso =
    (connection: ConnectionView, metadata: string, encrypt: boolean): Provider =>
    async (question) => {
      const { response } = await lassoResponse({
        ...{ ...pair, encrypt, idpMetadata: lassoMetadata(), spMetadata: metadata },
        query: new URL(question).search.slice(1),
        subject: `lasso-${encrypt}`,
        attributes: { email: [`lasso-${encrypt}@acme.example`], name: ['Lasso Person'] },
      });
      return post(connection)(response);
    };

  it.each([false, true])('takes what Lasso says, encrypted: %s', async (encrypt) => {
    const connection = await connect({ kind: 'saml', name: 'Lasso', saml: { metadataXml: lassoMetadata() } });
    const provider = lasso(connection, await spMetadata(connection), encrypt);
    await wholeWay(connection, provider, `lasso-${encrypt}@acme.example`);
  });

  it('takes what samlify says, which checks how we sign', async () => {
    const idp = new SamlifyIdp({
      entityId: 'https://samlify.example/idp',
      ssoUrl: 'https://samlify.example/sso',
      ...pair,
    });
    const connection = await connect({
      kind: 'saml',
      name: 'Samlify',
      saml: { metadataXml: idp.metadata() },
    });
    const metadata = await spMetadata(connection);
    const person = { subject: 'sam-1', email: 'sam@acme.example', name: 'Sam Person' };
    await wholeWay(
      connection,
      async (question) => post(connection)(await idp.respond(metadata, question, person)),
      person.email,
    );
  });

  it('refuses at one academy what was said for another, and shows a calm page', async () => {
    const connection = await connect({ kind: 'saml', name: 'Lasso', saml: { metadataXml: lassoMetadata() } });
    const metadata = await spMetadata(connection);
    const elsewhere = new Site('initech');
    const start = await site.call({ path: `/auth/sso/${connection.id}/start` });
    expect(locationOf(start)).toBe('/sign-in?sso=unavailable');
    const { response } = await lassoResponse({
      ...{ ...pair, idpMetadata: lassoMetadata(), spMetadata: metadata, subject: 'x', attributes: {} },
    });
    const body = Buffer.from(new URLSearchParams({ SAMLResponse: response }).toString());
    const answer = await elsewhere.call({ method: 'POST', path: `/auth/saml/${connection.id}/acs`, body });
    expect([answer.status, locationOf(answer), cookiesOf(answer)]).toEqual([303, '/sign-in?sso=refused', '']);
  });

  it('takes what the certified oidc-provider says, pushed and with PKCE, and says when the secret is wrong', async () => {
    const id = randomUUID();
    const redirectUri = `http://${site.host}/auth/oidc/${id}/callback`;
    const port = Number(processEnvironment()['HARKA_TEST_OPENID_PORT']);
    const op = await OpenIdProvider.start({
      port,
      clientId: 'harka',
      clientSecret: 'a secret: +&%',
      redirectUri,
    });
    try {
      op.person = { sub: 'op-1', name: 'Open Person', email: 'open@acme.example', email_verified: true };
      const oidc = { issuer: op.issuer, clientId: 'harka', clientSecret: 'wrong' };
      const connection = await connect({ id, kind: 'oidc', name: 'Open', oidc });
      const provider: Provider = async (question) => {
        const { pathname, search } = new URL(await op.browse(question, redirectUri));
        return site.call({ path: pathname + search });
      };
      // The question is pushed with our secret, so the provider refuses before any browser comes to it.
      const { startUrl } = await academy.owner.send<{ startUrl: string }>(
        'POST',
        `/api/v1/sso/connections/${id}/test`,
      );
      const { pathname, search } = new URL(startUrl);
      const [page, attempt] = locationOf(await site.call({ path: pathname + search })).split('?attempt=');
      expect(page).toBe(`/admin/sign-in/${id}`);
      expect(await academy.owner.get(`/api/v1/sso/connections/${id}/attempts/${attempt}`)).toMatchObject({
        ...{ purpose: 'test', outcome: 'refused', reason: 'client_refused' },
        checks: [{ check: 'client_refused', ok: false, actual: 'HTTP 401' }],
      });
      const { headers } = await academy.owner.call({ path: `/api/v1/sso/connections/${id}` });
      const patch = { oidc: { ...oidc, clientSecret: 'a secret: +&%' } };
      const ifMatch = { 'if-match': String(headers['etag']) };
      await academy.owner.send('PATCH', `/api/v1/sso/connections/${id}`, patch, ifMatch);
      await wholeWay(connection, provider, 'open@acme.example');
    } finally {
      await op.close();
    }
  });

  it('tells nobody whether a person is here', async () => {
    const ask = (email: string) => site.send('POST', '/api/v1/auth/discover', { email });
    expect(await ask(academy.ownerEmail)).toEqual(await ask('nobody@elsewhere.example'));
  });

  it('refuses addresses that lead into our own network', async () => {
    for (const metadataUrl of [
      'http://127.0.0.1:8080/',
      'https://localhost/',
      'https://169.254.169.254/latest/',
    ]) {
      const answer = await academy.owner.call({
        ...{ method: 'POST', path: '/api/v1/sso/connections' },
        body: { kind: 'saml', name: 'X', saml: { metadataUrl } },
      });
      expect([answer.status, (answer.json as { code: string }).code]).toEqual([400, 'outbound.refused']);
    }
  });
});
