import {
  createCipheriv,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  X509Certificate,
  type CipherGCM,
} from 'node:crypto';
import { signXml } from '@node-saml/node-saml/lib/xml.js';
import { newOwnKey, type OwnKey } from '../src/connection/own-key.js';

/** What a response says; each part can be said wrongly. */
export interface Said {
  readonly inResponseTo?: string | null;
  /** On the response alone. */
  readonly responseInResponseTo?: string | null;
  readonly acs: string;
  readonly destination?: string | null;
  readonly recipient?: string | null;
  readonly audience?: string | null;
  readonly spEntityId: string;
  readonly issuer?: string;
  readonly responseIssuer?: string;
  readonly subject?: string;
  readonly nameIdFormat?: string;
  readonly nameIdXml?: string;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly now: Date;
  readonly issued?: Date;
  readonly notBefore?: string | null;
  readonly notOnOrAfter?: string | null;
  readonly confirmationUntil?: string | null;
  readonly sessionUntil?: string;
  readonly method?: string;
  readonly status?: string;
  readonly conditions?: string;
  readonly assertionId?: string;
}

export interface Signing {
  readonly parts: 'none' | 'assertion' | 'response' | 'both';
  readonly key?: OwnKey;
  readonly algorithm?: 'sha1' | 'sha256';
  readonly transforms?: string[];
  readonly encryptFor?: string;
  readonly encryption?: 'aes256-gcm' | 'tripledes-cbc';
}

const P = 'urn:oasis:names:tc:SAML:2.0:protocol';
const A = 'urn:oasis:names:tc:SAML:2.0:assertion';
const MINUTE = 60_000;

/** An identity provider of tests, which says and signs whatever it is told to. */
export class TestIdp {
  readonly entityId = 'https://idp.acme.example/metadata';
  readonly ssoUrl = 'https://idp.acme.example/sso';
  readonly sloUrl = 'https://idp.acme.example/slo';

  private constructor(readonly key: OwnKey) {}

  static async make(): Promise<TestIdp> {
    return new TestIdp(await newOwnKey('idp.acme.example', new Date()));
  }

  assertion(said: Said): string {
    const { now, acs, subject = 'ann-1' } = said;
    const id = said.assertionId ?? `_a${randomBytes(12).toString('hex')}`;
    const issued = (said.issued ?? now).toISOString();
    const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE).toISOString();
    const data = [
      optional('NotOnOrAfter', said.confirmationUntil, later(5)),
      optional('Recipient', said.recipient, acs),
      optional('InResponseTo', said.inResponseTo, null),
    ].join('');
    const times =
      optional('NotBefore', said.notBefore, later(-1)) +
      optional('NotOnOrAfter', said.notOnOrAfter, later(5));
    const audience =
      said.audience === null
        ? ''
        : `<saml:AudienceRestriction><saml:Audience>${said.audience ?? said.spEntityId}</saml:Audience></saml:AudienceRestriction>`;
    const attributes = Object.entries(
      said.attributes ?? { email: ['ann@acme.example'], name: ['Ann Other'] },
    ).map(
      ([name, values]) =>
        `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
    );
    const format = said.nameIdFormat === undefined ? '' : ` Format="${said.nameIdFormat}"`;
    return `<saml:Assertion xmlns:saml="${A}" ID="${id}" Version="2.0" IssueInstant="${issued}"><saml:Issuer>${said.issuer ?? this.entityId}</saml:Issuer><saml:Subject><saml:NameID${format}>${said.nameIdXml ?? subject}</saml:NameID><saml:SubjectConfirmation Method="${said.method ?? 'urn:oasis:names:tc:SAML:2.0:cm:bearer'}"><saml:SubjectConfirmationData${data}/></saml:SubjectConfirmation></saml:Subject>${said.conditions ?? `<saml:Conditions${times}>${audience}</saml:Conditions>`}<saml:AuthnStatement AuthnInstant="${issued}" SessionIndex="_s1"${said.sessionUntil === undefined ? '' : ` SessionNotOnOrAfter="${said.sessionUntil}"`}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion>`;
  }

  /** The XML around whatever it is to hold. */
  envelope(said: Said, content: string, id = `_r${randomBytes(12).toString('hex')}`): string {
    const asked = said.responseInResponseTo === undefined ? said.inResponseTo : said.responseInResponseTo;
    const names = optional('Destination', said.destination, said.acs) + optional('InResponseTo', asked, null);
    return `<samlp:Response xmlns:samlp="${P}" ID="${id}" Version="2.0" IssueInstant="${said.now.toISOString()}"${names}><saml:Issuer xmlns:saml="${A}">${said.responseIssuer ?? this.entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${said.status ?? 'Success'}"/></samlp:Status>${content}</samlp:Response>`;
  }

  response(said: Said, signing: Signing = { parts: 'assertion' }): string {
    const { parts, encryptFor } = signing;
    let assertion = this.assertion(said);
    if (parts === 'assertion' || parts === 'both') assertion = this.sign(assertion, 'Assertion', signing);
    if (encryptFor !== undefined) assertion = encrypted(assertion, encryptFor, signing.encryption);
    const response = this.envelope(said, assertion);
    return parts === 'response' || parts === 'both' ? this.sign(response, 'Response', signing) : response;
  }

  sign(
    xml: string,
    name: string,
    { key = this.key, algorithm = 'sha256', transforms }: Partial<Signing> = {},
  ): string {
    const place = `/*[local-name(.)='${name}']`;
    const location = { reference: `${place}/*[local-name(.)='Issuer']`, action: 'after' } as const;
    return signXml(xml, place, location, {
      privateKey: key.key,
      publicCert: key.certificate,
      signatureAlgorithm: algorithm,
      digestAlgorithm: algorithm,
      ...(transforms === undefined ? {} : { xmlSignatureTransforms: transforms }),
    });
  }

  logoutRequest(destination: string, subject: string, now: Date): string {
    return `<samlp:LogoutRequest xmlns:samlp="${P}" xmlns:saml="${A}" ID="_l${randomBytes(12).toString('hex')}" Version="2.0" IssueInstant="${now.toISOString()}" Destination="${destination}"><saml:Issuer>${this.entityId}</saml:Issuer><saml:NameID>${subject}</saml:NameID></samlp:LogoutRequest>`;
  }

  metadata(): string {
    const bare = this.key.certificate.replace(/-----[A-Z ]+-----|\s/g, '');
    return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${this.entityId}"><md:IDPSSODescriptor protocolSupportEnumeration="${P}"><md:KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${bare}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${this.sloUrl}"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${this.ssoUrl}"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
  }
}

function optional(name: string, given: string | null | undefined, usual: string | null): string {
  const value = given === undefined ? usual : given;
  return value === null ? '' : ` ${name}="${value}"`;
}

/** XML Encryption 1.1 by hand: a fresh key under RSA-OAEP. */
export function encrypted(
  xml: string,
  certificate: string,
  method: Signing['encryption'] = 'aes256-gcm',
): string {
  const isGcm = method === 'aes256-gcm';
  const key = randomBytes(isGcm ? 32 : 24);
  const iv = randomBytes(isGcm ? 12 : 8);
  const cipher = isGcm ? createCipheriv('aes-256-gcm', key, iv) : createCipheriv('des-ede3-cbc', key, iv);
  const body = Buffer.concat([cipher.update(xml, 'utf8'), cipher.final()]);
  const tag = isGcm ? (cipher as CipherGCM).getAuthTag() : Buffer.alloc(0);
  const wrapped = publicEncrypt(
    {
      key: createPublicKey(
        new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }),
      ),
      oaepHash: 'sha1',
    },
    key,
  );
  const algorithm = isGcm
    ? 'http://www.w3.org/2009/xmlenc11#aes256-gcm'
    : 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc';
  const value = (bytes: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`;
  return `<saml:EncryptedAssertion xmlns:saml="${A}"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="${algorithm}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></xenc:EncryptionMethod>${value(wrapped)}</xenc:EncryptedKey></ds:KeyInfo>${value(Buffer.concat([iv, body, tag]))}</xenc:EncryptedData></saml:EncryptedAssertion>`;
}
