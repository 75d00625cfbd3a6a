import { createServer } from 'node:http';
import { SamlifyIdp } from './samlify.mjs';

/** An identity provider that a browser can visit: whoever comes is signed in at once, and sent back by a form. */
export class SamlifySite {
  person = { subject: 'nobody', email: 'nobody@acme.example', name: 'Nobody' };
  /** What the service said about itself; an administrator has brought it here. */
  spMetadata = '';

  static async start({ port, key, certificate }) {
    const site = new SamlifySite();
    site.address = `http://127.0.0.1:${port}`;
    site.idp = new SamlifyIdp({
      entityId: `${site.address}/metadata`,
      ssoUrl: `${site.address}/sso`,
      ...{ key, certificate },
    });
    site.server = createServer((request, response) => {
      site.#answer(request).then(
        ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
        (error) => response.writeHead(500).end(String(error)),
      );
    });
    await new Promise((resolve) => site.server.listen(port, '127.0.0.1', resolve));
    return site;
  }

  get metadataUrl() {
    return `${this.address}/metadata`;
  }

  async #answer({ url }) {
    if (url === '/metadata') return { type: 'application/samlmetadata+xml', body: this.idp.metadata() };
    const saml = await this.idp.respond(this.spMetadata, `${this.address}${url}`, this.person);
    const [, acs] = /AssertionConsumerService[^>]*Location="([^"]+)"/.exec(this.spMetadata);
    const body = `<!doctype html><title>Signing in</title><form method="post" action="${acs}"><input type="hidden" name="SAMLResponse" value="${saml}"></form><script>document.forms[0].submit()</script>`;
    return { type: 'text/html', body };
  }

  async close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
