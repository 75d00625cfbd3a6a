import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/** The certified `oidc-provider`, where whoever comes is signed in at once as the person that was set. */
export class OpenIdProvider {
  person = { sub: 'nobody' };

  static async start({
    port,
    clientId,
    clientSecret,
    redirectUri,
    backchannelLogoutUri,
    authentication = 'client_secret_basic',
  }) {
    const own = new OpenIdProvider();
    own.issuer = `http://127.0.0.1:${port}`;
    own.provider = new Provider(own.issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [redirectUri],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          token_endpoint_auth_method: authentication,
          backchannel_logout_uri: backchannelLogoutUri,
          backchannel_logout_session_required: true,
        },
      ],
      claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
      findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ ...own.person, sub: id }) }),
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        rpInitiatedLogout: { enabled: true },
        pushedAuthorizationRequests: { enabled: true },
      },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      pkce: { required: () => true },
      cookies: { keys: ['only for tests'] },
    });
    const answer = own.provider.callback();
    own.server = createServer((request, response) => {
      if (request.url.startsWith('/interaction/'))
        own.#interact(request, response).catch((error) => response.writeHead(500).end(String(error)));
      else answer(request, response);
    });
    await new Promise((resolve) => own.server.listen(port, '127.0.0.1', resolve));
    return own;
  }

  async #interact(request, response) {
    const { prompt, params, session } = await this.provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      await this.provider.interactionFinished(request, response, { login: { accountId: this.person.sub } });
      return;
    }
    const grant = new this.provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope('openid profile email');
    await this.provider.interactionFinished(
      request,
      response,
      { consent: { grantId: await grant.save() } },
      { mergeWithLastSubmission: true },
    );
  }

  /** What a browser does that is sent there: the address with which it comes back. */
  async browse(question, until) {
    const jar = new Map();
    let url = question;
    for (let hops = 0; hops < 10 && !url.startsWith(until); hops += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [pair] = line.split(';');
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const location = answer.headers.get('location');
      if (location === null)
        throw new Error(
          `The provider leads nowhere: ${answer.status} ${(await answer.text()).slice(0, 300)}`,
        );
      url = new URL(location, url).href;
    }
    return url;
  }

  async close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
