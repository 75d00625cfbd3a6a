import { createHash, createSign, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { URLSearchParams } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { exportJWK, importPKCS8, importX509, SignJWT } from 'jose';

const P = 'urn:oasis:names:tc:SAML:2.0:protocol';
const A = 'urn:oasis:names:tc:SAML:2.0:assertion';
const D = 'http://www.w3.org/2000/09/xmldsig#';
const C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** An identity provider that costs next to nothing: it writes its assertions in canonical form, so it need not make it. */
export class QuickIdp {
  entityId = 'https://idp.bench.example/metadata';

  constructor({ key, certificate }) {
    this.key = key;
    this.certificate = certificate.replace(/-----[A-Z ]+-----|\s/g, '');
  }

  metadata() {
    return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${this.entityId}"><md:IDPSSODescriptor protocolSupportEnumeration="${P}"><md:KeyDescriptor><ds:KeyInfo xmlns:ds="${D}"><ds:X509Data><ds:X509Certificate>${this.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.bench.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
  }

  /** The answer to the question that a browser was sent with, in base64. */
  respond(question, { audience, acs, email }) {
    const asked = inflateRawSync(Buffer.from(new URL(question).searchParams.get('SAMLRequest'), 'base64'));
    const inResponseTo = /\bID="([^"]+)"/.exec(asked.toString())[1];
    const [now, until] = [0, 300_000].map((ms) => new Date(Date.now() + ms).toISOString());
    const id = `_${randomBytes(16).toString('hex')}`;
    // Attributes in the order of their names, and namespaces before them: what exclusive canonicalization makes of it.
    const head = `<saml:Assertion xmlns:saml="${A}" ID="${id}" IssueInstant="${now}" Version="2.0"><saml:Issuer>${this.entityId}</saml:Issuer>`;
    const rest = `<saml:Subject><saml:NameID>${email}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="${inResponseTo}" NotOnOrAfter="${until}" Recipient="${acs}"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${now}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${now}" SessionIndex="${id}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>${email}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="name"><saml:AttributeValue>Somebody Else</saml:AttributeValue></saml:Attribute><saml:Attribute Name="department"><saml:AttributeValue>Sales</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`;
    const digest = createHash('sha256')
      .update(head + rest)
      .digest('base64');
    const signedInfo = `<ds:SignedInfo xmlns:ds="${D}"><ds:CanonicalizationMethod Algorithm="${C14N}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="${C14N}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
    const value = createSign('sha256').update(signedInfo).sign(this.key, 'base64');
    const signature = `<ds:Signature xmlns:ds="${D}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${this.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`;
    const response = `<samlp:Response xmlns:samlp="${P}" ID="_${randomBytes(16).toString('hex')}" Version="2.0" IssueInstant="${now}" Destination="${acs}" InResponseTo="${inResponseTo}"><saml:Issuer xmlns:saml="${A}">${this.entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${head}${signature}${rest}</samlp:Response>`;
    return Buffer.from(response).toString('base64');
  }
}

/** An OpenID provider that signs an ID token for whatever code it is given, and asks nobody anything. */
export class QuickOp {
  clientId = 'harka';
  clientSecret = 'only for the bench';
  #codes = new Map();

  static async start({ key, certificate }, port) {
    const op = new QuickOp();
    op.issuer = `http://127.0.0.1:${port}`;
    op.key = await importPKCS8(key, 'RS256');
    op.jwk = {
      ...(await exportJWK(await importX509(certificate, 'RS256', { extractable: true }))),
      kid: 'k1',
    };
    op.server = createServer((request, response) => {
      op.#answer(request).then(
        (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
        (error) => response.writeHead(500).end(String(error)),
      );
    });
    await new Promise((resolve) => op.server.listen(port, '127.0.0.1', resolve));
    return op;
  }

  /** What the browser comes back with: the path and query of the callback. */
  browse(question, email) {
    const asked = new URL(question).searchParams;
    const code = randomBytes(16).toString('hex');
    this.#codes.set(code, { email, nonce: asked.get('nonce') });
    const url = new URL(asked.get('redirect_uri'));
    url.search = new URLSearchParams({ code, state: asked.get('state'), iss: this.issuer }).toString();
    return url.pathname + url.search;
  }

  async #answer(request) {
    const at = (path) => `${this.issuer}${path}`;
    if (request.url === '/.well-known/openid-configuration') {
      return {
        issuer: this.issuer,
        ...{ authorization_endpoint: at('/auth'), token_endpoint: at('/token'), jwks_uri: at('/jwks') },
        authorization_response_iss_parameter_supported: true,
      };
    }
    if (request.url === '/jwks') return { keys: [this.jwk] };
    let body = '';
    for await (const chunk of request) body += chunk;
    const code = new URLSearchParams(body).get('code');
    const { email, nonce } = this.#codes.get(code);
    this.#codes.delete(code);
    const claims = { email, email_verified: true, name: 'Somebody Else', department: 'Sales', nonce };
    const idToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(this.issuer)
      .setSubject(email)
      .setAudience(this.clientId)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(this.key);
    return { access_token: code, token_type: 'Bearer', expires_in: 300, id_token: idToken };
  }

  async close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
