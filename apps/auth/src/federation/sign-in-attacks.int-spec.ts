import { createHmac, createPublicKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, UnsecuredJWT } from 'jose';
import {
  expectOnPage,
  SignInLab,
  TestIdp,
  type Attack,
  type AttackCase as Case,
  type AttackRow,
  type Said,
} from '../../testing/index.js';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import { addressesOf, type Connection } from '../connection/connection.js';
import { ReceiveBackchannelLogout } from '../oidc/receive-backchannel-logout.use-case.js';
import { ReceiveSamlLogout } from '../saml/receive-saml-logout.use-case.js';
import { Refusal } from './refusal.js';

const EVIL = 'owner@acme.example';
const DS = 'http://www.w3.org/2000/09/xmldsig#';

let lab: SignInLab;
let stranger: TestIdp;
let saml: Connection;
let loose: Connection;
let elsewhere: Connection;
let oidc: Connection;
const rows: AttackRow[] = [];

/** Answers with something wrong about it; the very same answer without it signs somebody in (see the last test). */
const wrong =
  (change: (said: Said) => Partial<Said>, connection = () => saml): Attack =>
  async () => {
    const said = await lab.said(connection());
    const settled = await lab.respond(connection(), { ...said, ...change(said) });
    return lab.reasonOf(settled, connection());
  };
const xmlOf =
  (change: (xml: string, said: Said) => string, parts: 'assertion' | 'response' = 'assertion'): Attack =>
  async () => {
    const said = await lab.said(saml);
    return lab.reasonOf(await lab.post(saml, change(lab.idp.response(said, { parts }), said)), saml);
  };
const refusalOf = async (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error.reason : (error as { code: string }).code),
  );
const at = (minutes: number) => new Date(lab.now.getTime() + minutes * 60_000).toISOString();

const signatureOf = (xml: string) =>
  /<(?:ds:)?Signature[\s>][\s\S]*<\/(?:ds:)?Signature>/.exec(xml)?.[0] ?? '';
const assertionOf = (xml: string) => /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';
const forgedOf = (xml: string, id = '_evil') =>
  assertionOf(xml)
    .replace(signatureOf(assertionOf(xml)), '')
    .replace(/ ID="[^"]+"/, ` ID="${id}"`)
    .replace('ann-1', 'the-owner')
    .replace('ann@acme.example', EVIL);
const intoSignature = (signature: string, content: string) =>
  signature.replace(/<\/((?:ds:)?Signature)>$/, `<Object xmlns="${DS}">${content}</Object></$1>`);

const wrapping: readonly Case[] = [
  [
    'S01',
    'XSW1: a forged response around the signed one, kept in its signature',
    'USENIX Security 2012',
    xmlOf((xml, said) => {
      const signature = signatureOf(xml);
      const original = xml.replace(signature, '');
      return lab.idp.envelope(said, intoSignature(signature, original) + forgedOf(original), '_outer');
    }, 'response'),
  ],
  [
    'S02',
    'XSW2: the signed response beside its detached signature',
    'USENIX Security 2012',
    xmlOf((xml, said) => {
      const signature = signatureOf(xml);
      return lab.idp.envelope(said, signature + xml.replace(signature, '') + forgedOf(xml), '_outer');
    }, 'response'),
  ],
  [
    'S03',
    'XSW3: a forged assertion before the signed one',
    'USENIX Security 2012',
    xmlOf((xml) => xml.replace('<saml:Assertion', `${forgedOf(xml)}<saml:Assertion`)),
  ],
  [
    'S04',
    'XSW4: the signed assertion inside a forged one',
    'USENIX Security 2012',
    xmlOf((xml) =>
      xml.replace(
        assertionOf(xml),
        forgedOf(xml).replace('</saml:Assertion>', `${assertionOf(xml)}</saml:Assertion>`),
      ),
    ),
  ],
  [
    'S05',
    'XSW5: a forged assertion with the signature, the signed one at the end',
    'USENIX Security 2012',
    xmlOf((xml) => {
      const [signature, signed] = [signatureOf(xml), assertionOf(xml)];
      const forged = forgedOf(xml).replace('<saml:Subject>', `${signature}<saml:Subject>`);
      return xml.replace(signed, forged + signed.replace(signature, ''));
    }),
  ],
  [
    'S06',
    'XSW6: the signed assertion inside the signature of a forged one',
    'USENIX Security 2012',
    xmlOf((xml) => {
      const [signature, signed] = [signatureOf(xml), assertionOf(xml)];
      const holding = intoSignature(signature, signed.replace(signature, ''));
      return xml.replace(signed, forgedOf(xml).replace('<saml:Subject>', `${holding}<saml:Subject>`));
    }),
  ],
  [
    'S07',
    'XSW7: a forged assertion in the extensions',
    'USENIX Security 2012',
    xmlOf((xml) =>
      xml.replace('<samlp:Status>', `<samlp:Extensions>${forgedOf(xml)}</samlp:Extensions><samlp:Status>`),
    ),
  ],
  [
    'S08',
    'XSW8: the signed assertion in an object of the signature',
    'USENIX Security 2012',
    xmlOf((xml) => {
      const [signature, signed] = [signatureOf(xml), assertionOf(xml)];
      const forged = forgedOf(xml).replace(
        '<saml:Subject>',
        `${intoSignature(signature, signed)}<saml:Subject>`,
      );
      return xml.replace(signed, forged);
    }),
  ],
  [
    'S09',
    'A forged assertion in the extensions, under the id of the signed one',
    'OneUptime #2949',
    xmlOf((xml) => {
      const id = /<saml:Assertion[^>]* ID="([^"]+)"/.exec(xml)?.[1] ?? '';
      return xml.replace(
        '<samlp:Status>',
        `<samlp:Extensions>${forgedOf(xml, id)}</samlp:Extensions><samlp:Status>`,
      );
    }),
  ],
  [
    'S20',
    'A forged assertion in an object of the signature of a signed error',
    'OneUptime #2981',
    async () => {
      const said = await lab.said(saml);
      const error = lab.idp.sign(lab.idp.envelope({ ...said, status: 'Responder' }, ''), 'Response');
      const forged = forgedOf(lab.idp.response(said));
      return lab.reasonOf(
        await lab.post(saml, error.replace(signatureOf(error), intoSignature(signatureOf(error), forged))),
        saml,
      );
    },
  ],
  [
    'S21',
    'An unsigned assertion beside a signed one',
    'CVE-2025-47949, CVE-2025-54369',
    xmlOf((xml) => xml.replace('</samlp:Response>', `${forgedOf(xml)}</samlp:Response>`)),
  ],
];

const signatures: readonly Case[] = [
  ['S10', 'The signature taken away', 'SAML Core 5', xmlOf((xml) => xml.replace(signatureOf(xml), ''))],
  [
    'S10b',
    'What is signed changed afterwards',
    'SAML Core 5',
    xmlOf((xml) => xml.replace('ann@acme.example', EVIL)),
  ],
  [
    'S11',
    'Signed by another key, whose certificate the message brings along',
    'XML Signature 4.5',
    async () => {
      const said = await lab.said(saml);
      return lab.reasonOf(
        await lab.post(saml, lab.idp.response(said, { parts: 'both', key: stranger.key })),
        saml,
      );
    },
  ],
  [
    'S12',
    'An HMAC keyed with the public certificate',
    'GHSA-c27r-x354-4m68',
    xmlOf((xml) => {
      const info = /<SignedInfo>[\s\S]*<\/SignedInfo>/.exec(xml)?.[0] ?? '';
      const method = info.replace(/(<SignatureMethod Algorithm=")[^"]+/, `$1${DS}hmac-sha1`);
      const mac = createHmac('sha1', lab.idp.key.certificate).update(
        method.replace('<SignedInfo>', `<SignedInfo xmlns="${DS}">`),
      );
      return xml
        .replace(info, method)
        .replace(/<SignatureValue>[^<]*/, `<SignatureValue>${mac.digest('base64')}`);
    }),
  ],
  [
    'S13',
    'SHA-1 in the signature',
    'NIST SP 800-131A',
    async () => {
      const said = await lab.said(saml);
      return lab.reasonOf(
        await lab.post(saml, lab.idp.response(said, { parts: 'assertion', algorithm: 'sha1' })),
        saml,
      );
    },
  ],
  [
    'S14',
    'A comment that cuts the NameID',
    'CVE-2017-11427',
    xmlOf((xml) => xml.replace('ann-1', 'ann<!-- -->-1')),
  ],
  [
    'S15',
    'A processing instruction in the NameID',
    'OneUptime #2988',
    xmlOf((xml) => xml.replace('ann-1', 'ann<?x y?>-1')),
  ],
  [
    'S16',
    'A CDATA section in the NameID',
    'parser differentials',
    xmlOf((xml) => xml.replace('ann-1', '<![CDATA[ann-1]]>')),
  ],
  [
    'S17',
    'Canonicalization that keeps comments',
    'XML Signature 8.1',
    xmlOf((xml) =>
      xml.replaceAll(
        'http://www.w3.org/2001/10/xml-exc-c14n#',
        'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
      ),
    ),
  ],
  [
    'S17b',
    'An XSLT transform',
    'XML Signature 8.1',
    xmlOf((xml) =>
      xml.replace(/(<Transforms>)/, '$1<Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>'),
    ),
  ],
  [
    'S18',
    'A second SignedInfo',
    'CVE-2025-29774',
    xmlOf((xml) => {
      const info = /<SignedInfo>[\s\S]*<\/SignedInfo>/.exec(xml)?.[0] ?? '';
      return xml.replace(info, info + info.replace(/<DigestValue>[^<]*/, '<DigestValue>AAAA'));
    }),
  ],
  [
    'S19',
    'A comment in the digest',
    'CVE-2025-29775',
    xmlOf((xml) => xml.replace('<DigestValue>', '<DigestValue><!--AAAA-->')),
  ],
  [
    'S22',
    'Two elements of one id',
    'The Fragile Lock, 2025',
    xmlOf((xml) => {
      const id = /<saml:Assertion[^>]* ID="([^"]+)"/.exec(xml)?.[1] ?? '';
      return xml.replace(
        '<samlp:Status>',
        `<samlp:Extensions><x ID="${id}"/></samlp:Extensions><samlp:Status>`,
      );
    }),
  ],
  [
    'S22b',
    'Two ids on one element',
    'The Fragile Lock, 2025',
    xmlOf((xml) => xml.replace(/<saml:Assertion /, '<saml:Assertion Id="_other" ')),
  ],
  [
    'S24',
    'A reference to everything (URI "")',
    'XML Signature 4.4.3',
    xmlOf((xml) => xml.replace(/<Reference URI="[^"]+"/, '<Reference URI=""')),
  ],
  ['S25', 'A document type', 'XXE', xmlOf((xml) => `<!DOCTYPE x>${xml}`)],
  [
    'S25b',
    'An external entity',
    'XXE',
    xmlOf((xml) => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml.replace('ann-1', '&e;')}`),
  ],
  [
    'S25c',
    'A billion laughs',
    'CVE-2003-1564',
    xmlOf(
      (xml) => `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>${xml.replace('ann-1', '&b;')}`,
    ),
  ],
  [
    'S26',
    '20,000 elements inside each other',
    'CVE-2025-25293',
    xmlOf((xml) =>
      xml.replace('<samlp:Status>', `${'<x>'.repeat(20_000)}${'</x>'.repeat(20_000)}<samlp:Status>`),
    ),
  ],
  ['S26b', 'More than 256 KiB', 'CVE-2025-25293', xmlOf((xml) => xml.replace('ann-1', 'a'.repeat(300_000)))],
  [
    'S26c',
    'A deflate bomb as a logout request',
    'CVE-2025-25293',
    async () => {
      const { deflateRawSync } = await import('node:zlib');
      const bomb = deflateRawSync(Buffer.alloc(50_000_000, 'a')).toString('base64');
      return logout(await redirectQuery(`SAMLRequest=${encodeURIComponent(bomb)}`, lab.idp));
    },
  ],
  [
    'S27',
    'An encrypted assertion that nobody signed',
    'CVE-2026-2092',
    async () => {
      const said = await lab.said(saml);
      const [certificate = ''] = saml.certificates;
      return lab.reasonOf(
        await lab.post(saml, lab.idp.response(said, { parts: 'none', encryptFor: certificate })),
        saml,
      );
    },
  ],
  [
    'S28',
    'Encrypted by Triple DES',
    'Bleichenbacher and friends',
    async () => {
      const said = await lab.said(saml);
      const [certificate = ''] = saml.certificates;
      const signing = { parts: 'assertion', encryptFor: certificate, encryption: 'tripledes-cbc' } as const;
      return lab.reasonOf(await lab.post(saml, lab.idp.response(said, signing)), saml);
    },
  ],
];

const profile: readonly Case[] = [
  ['S30', 'For another audience', 'SAML Core 2.5.1.4', wrong(() => ({ audience: 'https://other.example' }))],
  ['S30b', 'For no audience', 'SAML Core 2.5.1.4', wrong(() => ({ audience: null }))],
  [
    'S31',
    'For another recipient',
    'node-saml #405',
    wrong(() => ({ recipient: 'https://other.example/acs' })),
  ],
  ['S31b', 'For no recipient', 'node-saml #405', wrong(() => ({ recipient: null }))],
  [
    'S32',
    'For another destination',
    'node-saml #437',
    wrong(() => ({ destination: 'https://other.example/acs' })),
  ],
  ['S33', 'From another issuer', 'SAML Profiles 4.1.4.3', wrong(() => ({ issuer: 'https://evil.example' }))],
  [
    'S33b',
    'From another issuer, on the response',
    'SAML Profiles 4.1.4.3',
    wrong(() => ({ responseIssuer: 'https://evil.example' })),
  ],
  [
    'S34',
    'Confirmed as holder of key',
    'node-saml #435',
    wrong(() => ({ method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' })),
  ],
  ['S35', 'The confirmation has run out', 'CVE-2026-1190', wrong(() => ({ confirmationUntil: at(-2) }))],
  [
    'S35b',
    'The confirmation never runs out',
    'SAML Profiles 4.1.4.2',
    wrong(() => ({ confirmationUntil: null })),
  ],
  ['S36', 'No conditions', 'Keycloak #48878', wrong(() => ({ conditions: '' }))],
  ['S36b', 'Conditions without an end', 'Keycloak #48878', wrong(() => ({ notOnOrAfter: null }))],
  ['S37', 'Not valid yet', 'SAML Core 2.5.1.2', wrong(() => ({ notBefore: at(3) }))],
  ['S37b', 'No longer valid', 'SAML Core 2.5.1.2', wrong(() => ({ notOnOrAfter: at(-3) }))],
  ['S37c', 'The session at the provider is over', 'SAML Core 2.7.2', wrong(() => ({ sessionUntil: at(-1) }))],
  [
    'S38',
    'Issued long ago, valid for ten years',
    'own age limit',
    wrong(() => ({
      issued: new Date(lab.now.getTime() - 3_600_000),
      notBefore: at(-60),
      notOnOrAfter: at(5_000_000),
      confirmationUntil: at(5_000_000),
    })),
  ],
  [
    'S38b',
    'Issued in the future',
    'own age limit',
    wrong(() => ({ issued: new Date(lab.now.getTime() + 600_000) })),
  ],
  ['S39', 'Answers nothing', 'login CSRF', wrong(() => ({ inResponseTo: null }))],
  [
    'S39b',
    'Answers an unknown request',
    'login CSRF',
    wrong(() => ({ inResponseTo: '_0123456789abcdef0123' })),
  ],
  [
    'S39c',
    'Names the request on the unsigned response alone',
    'login CSRF',
    wrong((said) => ({ inResponseTo: null, responseInResponseTo: said.inResponseTo ?? '' })),
  ],
  [
    'S39d',
    'Answers the request of another browser',
    'login CSRF',
    async () => refusalOf(lab.finish(await lab.respond(saml, await lab.said(saml)), 'c'.repeat(43))),
  ],
  [
    'S39e',
    'Opened in a browser that began nothing',
    'login CSRF',
    async () => refusalOf(lab.finish(await lab.respond(saml, await lab.said(saml)), null)),
  ],
  [
    'S40',
    'The same response a second time',
    'replay',
    async () => {
      const xml = lab.idp.response(await lab.said(saml));
      await lab.post(saml, xml);
      return lab.reasonOf(await lab.post(saml, xml), saml);
    },
  ],
  [
    'S40b',
    'The same response ten times at once: nine are refused',
    'replay',
    async () => {
      const xml = lab.idp.response({ ...lab.saidTo(loose), inResponseTo: null });
      const all = await Promise.all(Array.from({ length: 10 }, () => lab.post(loose, xml)));
      const refused = all.filter(({ kind }) => kind === 'refused');
      expect(all.length - refused.length).toBe(1);
      const [first] = refused;
      if (first === undefined) throw new Error('Nothing was refused.');
      return lab.reasonOf(first, loose);
    },
  ],
  [
    'S40c',
    'The same response after Redis forgot everything',
    'replay',
    async () => {
      const xml = lab.idp.response({ ...lab.saidTo(loose), inResponseTo: null });
      await lab.post(loose, xml);
      const keys = await lab.auth.redis.keys('sso:*');
      if (keys.length > 0) await lab.auth.redis.del(...keys);
      return lab.reasonOf(await lab.post(loose, xml), loose);
    },
  ],
  [
    'S40d',
    'The verified result opened a second time',
    'replay',
    async () => {
      const settled = await lab.respond(saml, await lab.said(saml));
      await lab.finish(settled);
      return refusalOf(lab.finish(settled));
    },
  ],
  ['S42', 'An error with a good assertion in it', 'SAML Core 3.2.2', wrong(() => ({ status: 'Responder' }))],
  [
    'S43',
    'Attributes called nameID, issuer and __proto__',
    'prototype pollution',
    async () => {
      const attributes = {
        nameID: ['the-owner'],
        issuer: ['evil'],
        ['__proto__']: [EVIL],
        email: ['ann@acme.example'],
      };
      const settled = await lab.respond(saml, { ...(await lab.said(saml)), attributes });
      const { signIn } = await lab.finish(settled);
      expect(({} as Record<string, unknown>)['0']).toBeUndefined();
      return signIn.user.email === 'ann@acme.example'
        ? { harmless: 'signed in as who the NameID names: attributes mean nothing' }
        : null;
    },
  ],
  [
    'S44',
    'The answer for one academy at another',
    'cross-tenant',
    async () => {
      const xml = lab.idp.response(await lab.said(saml));
      return refusalOf(lab.post(saml, xml, lab.there));
    },
  ],
  [
    'S44b',
    "The answer for one academy at the other's own connection to the same provider",
    'passport-saml #350',
    async () => {
      const xml = lab.idp.response(await lab.said(saml));
      const settled = await lab.post(elsewhere, xml, lab.there);
      return settled.kind === 'refused' ? 'recipient' : null;
    },
  ],
  [
    'S44c',
    'The answer for one connection at another of the same academy',
    'IdP mix-up',
    async () => lab.reasonOf(await lab.post(loose, lab.idp.response(await lab.said(saml))), loose),
  ],
  [
    'S44d',
    'A verified result opened at the other academy',
    'cross-tenant',
    async () =>
      refusalOf(lab.finish(await lab.respond(saml, await lab.said(saml)), 'b'.repeat(43), lab.there)),
  ],
  [
    'S45',
    'Through a connection that was disabled meanwhile',
    'CVE-2026-2603',
    async () => {
      const connection = await lab.connection();
      const said = await lab.said(connection);
      await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(connection.id));
      return lab.reasonOf(await lab.respond(connection, said), connection);
    },
  ],
  [
    'S45b',
    'Verified before, opened after the connection was disabled',
    'CVE-2026-3009',
    async () => {
      const connection = await lab.connection();
      const settled = await lab.respond(connection, await lab.said(connection));
      await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(connection.id));
      return refusalOf(lab.finish(settled));
    },
  ],
  [
    'S46',
    'A connection without a certificate',
    'CVE-2026-28323',
    async () =>
      refusalOf(
        lab.connection({
          saml: {
            metadataXml: lab.idp.metadata().replace(/<md:KeyDescriptor>[\s\S]*<\/md:KeyDescriptor>/, ''),
          },
        }),
      ),
  ],
  ['S47', 'The provider begins where it may not', 'CVE-2026-16442', wrong(() => ({ inResponseTo: null }))],
  [
    'S47b',
    'The provider begins where it may: not without being asked',
    'login CSRF',
    async () => refusalOf(lab.finish(await lab.respond(loose, { ...lab.saidTo(loose), inResponseTo: null }))),
  ],
  [
    'S49',
    'A RelayState that leads to another site',
    'centraldogma #1312',
    async () => {
      const somebody = { subject: 'relayed', attributes: { email: ['relayed@acme.example'] } };
      for (const relayState of [
        'https://evil.example',
        '//evil.example',
        '/\\evil.example',
        'javascript:alert(1)',
      ]) {
        const xml = lab.idp.response({ ...lab.saidTo(loose), ...somebody, inResponseTo: null });
        const { returnTo } = await lab.confirm(await lab.post(loose, xml, lab.here, relayState));
        if (returnTo !== '/') return null;
      }
      return { harmless: 'leads to the front page' };
    },
  ],
  [
    'S50',
    'A NameID that lasts for one sign-in only',
    'SAML Core 8.3.8',
    wrong(() => ({ nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' })),
  ],
];

const people: readonly Case[] = [
  [
    'P01',
    'An address of somebody here, outside the domains that the academy proved',
    'nOAuth',
    async () => {
      await lab.finish(
        await lab.respond(saml, {
          ...(await lab.said(saml)),
          subject: 'victim',
          attributes: { email: ['victim@acme.example'] },
        }),
      );
      const settled = await lab.respond(saml, {
        ...(await lab.said(saml)),
        subject: 'attacker',
        attributes: { email: ['victim@acme.example'] },
      });
      return refusalOf(lab.finish(settled));
    },
  ],
  [
    'P02',
    'The same subject at another connection',
    'IdP mix-up',
    async () => {
      await lab.finish(
        await lab.respond(saml, {
          ...(await lab.said(saml)),
          subject: 'twin',
          attributes: { email: ['twin@acme.example'] },
        }),
      );
      const xml = lab.idp.response({
        ...lab.saidTo(loose),
        inResponseTo: null,
        subject: 'twin',
        attributes: { email: ['twin@acme.example'] },
      });
      return refusalOf(lab.confirm(await lab.post(loose, xml)));
    },
  ],
  [
    'P03',
    'A group or a role called owner',
    'privilege escalation',
    async () => {
      const attributes = {
        email: ['climber@acme.example'],
        groups: ['owner'],
        role: ['owner'],
        roles: ['owner'],
      };
      const { signIn } = await lab.finish(
        await lab.respond(saml, { ...(await lab.said(saml)), subject: 'climber', attributes }),
      );
      return signIn.user.role === 'learner' ? { harmless: 'becomes a learner' } : null;
    },
  ],
];

async function redirectQuery(message: string, idp: TestIdp): Promise<string> {
  const { createSign } = await import('node:crypto');
  const query = `${message}&SigAlg=${encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')}`;
  const signature = createSign('RSA-SHA256').update(query).sign(idp.key.key, 'base64');
  return `${query}&Signature=${encodeURIComponent(signature)}`;
}
const logout = (query: string) =>
  refusalOf(
    lab.nobody(() => lab.auth.get(ReceiveSamlLogout).execute(saml.id, { binding: 'redirect', query })),
  );
const deflated = async (xml: string) => {
  const { deflateRawSync } = await import('node:zlib');
  return `SAMLRequest=${encodeURIComponent(deflateRawSync(Buffer.from(xml)).toString('base64'))}`;
};
const logoutXml = (change: (xml: string) => string = (xml) => xml) =>
  change(lab.idp.logoutRequest(addressesOf(saml).slo, 'ann-1', lab.now));

const logouts: readonly Case[] = [
  [
    'S48',
    'A logout request that nobody signed (redirect)',
    'node-saml #419',
    async () => logout(await deflated(logoutXml())),
  ],
  [
    'S48b',
    'A logout request signed by another key',
    'node-saml #419',
    async () => logout(await redirectQuery(await deflated(logoutXml()), stranger)),
  ],
  [
    'S48c',
    'A logout request whose query was changed',
    'node-saml #419',
    async () => {
      const [one, other] = await Promise.all([
        deflated(logoutXml()),
        deflated(logoutXml((xml) => xml.replace('ann-1', 'ben-1'))),
      ]);
      return logout((await redirectQuery(one, lab.idp)).replace(one, other));
    },
  ],
  [
    'S48d',
    'A logout request that nobody signed (post)',
    'samlify #634',
    async () => {
      const message = Buffer.from(logoutXml()).toString('base64');
      return refusalOf(
        lab.nobody(() =>
          lab.auth.get(ReceiveSamlLogout).execute(saml.id, { binding: 'post', message, relayState: '' }),
        ),
      );
    },
  ],
  [
    'S48e',
    'A logout request of another issuer',
    'SAML Profiles 4.4',
    async () =>
      logout(
        await redirectQuery(
          await deflated(logoutXml((xml) => xml.replaceAll(lab.idp.entityId, 'https://evil.example'))),
          lab.idp,
        ),
      ),
  ],
  [
    'S48f',
    'A logout request for another service',
    'SAML Bindings 3.4.5.2',
    async () =>
      logout(
        await redirectQuery(
          await deflated(
            logoutXml((xml) =>
              xml.replace(/ Destination="[^"]+"/, ' Destination="https://other.example/slo"'),
            ),
          ),
          lab.idp,
        ),
      ),
  ],
  [
    'S48g',
    'A logout request a second time',
    'replay',
    async () => {
      const query = await redirectQuery(await deflated(logoutXml()), lab.idp);
      await logout(query);
      return logout(query);
    },
  ],
];

/** One callback with an ID token that something is wrong with. */
const token =
  (make: (right: Record<string, unknown>) => Promise<string>): Attack =>
  async () => {
    const question = await lab.start(oidc);
    lab.op.expect(question, lab.now);
    lab.op.token = (right) => make({ ...right });
    const settled = await lab.callback(oidc, { code: 'c', state: question.searchParams.get('state') ?? '' });
    return lab.reasonOf(settled, oidc);
  };
const claim = (change: Record<string, unknown>): Attack =>
  token(async (right) => lab.op.sign({ ...right, ...change }));
const seconds = (offset = 0) => Math.floor(lab.now.getTime() / 1000) + offset;

const openId: readonly Case[] = [
  [
    'O01',
    'An ID token changed after it was signed',
    'OpenID Core 3.1.3.7',
    token(async (right) => {
      const [head, , signature] = (await lab.op.sign(right)).split('.');
      return `${head ?? ''}.${Buffer.from(JSON.stringify({ ...right, sub: 'the-owner' })).toString('base64url')}.${signature ?? ''}`;
    }),
  ],
  [
    'O01b',
    'Signed by another key under a known name',
    'OpenID Core 3.1.3.7',
    token(async (right) => lab.op.sign(right, {}, (await generateKeyPair('RS256')).privateKey)),
  ],
  [
    'O01c',
    'Signed by a key that the provider does not publish',
    'OpenID Core 3.1.3.7',
    token(async (right) =>
      lab.op.sign(right, { kid: 'nobody' }, (await generateKeyPair('RS256')).privateKey),
    ),
  ],
  [
    'O01d',
    'A path for a key',
    'kid injection',
    token(async (right) =>
      lab.op.sign(right, { kid: '../../dev/null' }, (await generateKeyPair('RS256')).privateKey),
    ),
  ],
  [
    'O02',
    'Not signed at all, where the provider says that this may be',
    'CVE-2015-9235',
    token(async (right) => new UnsecuredJWT(right).encode()),
  ],
  [
    'O03',
    'An HMAC keyed with the public key',
    'CVE-2016-10555',
    token(async (right) => {
      const { kty, n, e } = lab.op.keys[0] ?? {};
      const pem = createPublicKey({ key: { kty, n, e } as never, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      return lab.op.sign(right, { alg: 'HS256' }, Buffer.from(pem));
    }),
  ],
  [
    'O03b',
    'An HMAC keyed with the client secret',
    'CVE-2016-10555',
    token(async (right) => lab.op.sign(right, { alg: 'HS256' }, Buffer.from(lab.op.clientSecret))),
  ],
  [
    'O04',
    'A key that the token brings itself',
    'CVE-2018-0114',
    token(async (right) => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      return lab.op.sign(
        right,
        { jwk: await exportJWK(publicKey), jku: 'https://evil.example/jwks' },
        privateKey,
      );
    }),
  ],
  ['O05', 'From another issuer', 'OpenID Core 3.1.3.7', claim({ iss: 'https://evil.example' })],
  ['O05b', 'For another client', 'OpenID Core 3.1.3.7', claim({ aud: 'other' })],
  ['O05c', 'For several clients, by none of them', 'OpenID Core 3.1.3.7', claim({ aud: ['harka', 'other'] })],
  [
    'O05d',
    'Asked for by another client',
    'OpenID Core 3.1.3.7',
    claim({ aud: ['harka', 'other'], azp: 'other' }),
  ],
  ['O05e', 'With the nonce of another question', 'OpenID Core 15.5.2', claim({ nonce: 'other' })],
  ['O05f', 'Without a nonce', 'OpenID Core 15.5.2', claim({ nonce: undefined })],
  [
    'O05g',
    'Run out',
    'OpenID Core 3.1.3.7',
    token(async (right) => lab.op.sign({ ...right, exp: Math.floor(Date.now() / 1000) - 600 })),
  ],
  ['O05h', 'About nobody', 'OpenID Core 3.1.3.7', claim({ sub: undefined })],
  [
    'O06',
    'Issued an hour ahead',
    'own age limit',
    token(async (right) => lab.op.sign({ ...right, iat: seconds(3_600) })),
  ],
  [
    'O06b',
    'Issued two days ago',
    'own age limit',
    token(async (right) => lab.op.sign({ ...right, iat: seconds(-172_800) })),
  ],
  [
    'O07',
    'A state that nobody asked with',
    'RFC 9700 4.7',
    async () => lab.reasonOf(await lab.callback(oidc, { code: 'c', state: 'x'.repeat(43) }), oidc),
  ],
  [
    'O07b',
    'The same state a second time',
    'RFC 9700 4.7',
    async () => {
      const question = await lab.start(oidc);
      lab.op.expect(question, lab.now);
      lab.op.token = (right) => lab.op.sign(right);
      const answer = { code: 'c', state: question.searchParams.get('state') ?? '' };
      await lab.callback(oidc, answer);
      return lab.reasonOf(await lab.callback(oidc, answer), oidc);
    },
  ],
  [
    'O07c',
    'A code of another sign-in: the verifier is not the one it was made with',
    'RFC 7636',
    async () => {
      const [one, other] = [await lab.start(oidc), await lab.start(oidc)];
      lab.op.expect(one, lab.now);
      lab.op.token = (right) => lab.op.sign(right);
      await lab.callback(oidc, { code: 'stolen', state: other.searchParams.get('state') ?? '' });
      const verifier = lab.op.asked.at(-1)?.get('code_verifier') ?? '';
      const { createHash } = await import('node:crypto');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      return challenge === other.searchParams.get('code_challenge') &&
        challenge !== one.searchParams.get('code_challenge')
        ? { harmless: 'the provider sees a verifier that does not fit the code' }
        : null;
    },
  ],
  [
    'O08',
    'The answer of another provider',
    'RFC 9207',
    async () => {
      const question = await lab.start(oidc);
      lab.op.expect(question, lab.now);
      lab.op.token = (right) => lab.op.sign(right);
      const answer = {
        code: 'c',
        state: question.searchParams.get('state') ?? '',
        iss: 'https://evil.example',
      };
      return lab.reasonOf(await lab.callback(oidc, answer), oidc);
    },
  ],
  [
    'O09',
    "The state of one connection at another's address",
    'jellyfin-sso #326',
    async () => {
      const other = await lab.connection({}, 'oidc');
      const question = await lab.start(oidc);
      lab.op.expect(question, lab.now);
      lab.op.token = (right) => lab.op.sign(right);
      return lab.reasonOf(
        await lab.callback(other, { code: 'c', state: question.searchParams.get('state') ?? '' }),
        other,
      );
    },
  ],
  [
    'O09b',
    'The answer opened in another browser',
    'login CSRF',
    async () => {
      const question = await lab.start(oidc);
      lab.op.expect(question, lab.now, { sub: 'o9', email: 'o9@acme.example' });
      lab.op.token = (right) => lab.op.sign(right);
      const settled = await lab.callback(oidc, {
        code: 'c',
        state: question.searchParams.get('state') ?? '',
      });
      return refusalOf(lab.finish(settled, 'c'.repeat(43)));
    },
  ],
  [
    'O09c',
    'The state of one academy at another',
    'cross-tenant',
    async () => {
      const question = await lab.start(oidc);
      return refusalOf(
        lab.callback(oidc, { code: 'c', state: question.searchParams.get('state') ?? '' }, lab.there),
      );
    },
  ],
  [
    'O10',
    'A provider that calls itself differently',
    'OpenID Discovery 4.3',
    async () => {
      lab.op.metadata = { issuer: 'https://other.example' };
      const refused = await refusalOf(lab.connection({}, 'oidc'));
      lab.op.metadata = {};
      return refused;
    },
  ],
  [
    'O10b',
    'Userinfo about somebody else',
    'OpenID Core 5.3.2',
    async () => {
      lab.op.userinfo = () => ({ sub: 'the-owner', email: EVIL });
      const refused = await token(async (right) => lab.op.sign(right))();
      lab.op.userinfo = ({ sub }) => ({ sub });
      return refused;
    },
  ],
  [
    'O12',
    'An address that the provider has not verified',
    'nOAuth',
    async () => {
      const question = await lab.start(oidc);
      lab.op.expect(question, lab.now, { sub: 'o12', email: 'o12@acme.example', email_verified: false });
      lab.op.token = (right) => lab.op.sign(right);
      return refusalOf(
        lab.finish(await lab.callback(oidc, { code: 'c', state: question.searchParams.get('state') ?? '' })),
      );
    },
  ],
];

const backchannel =
  (claims: Record<string, unknown>, key?: Parameters<SignInLab['op']['sign']>[2]): Attack =>
  async () => {
    const right = {
      ...{
        iss: lab.op.issuer,
        aud: lab.op.clientId,
        sub: 'ann-1',
        iat: seconds(),
        exp: seconds(120),
        jti: `j${Math.random()}`,
      },
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    };
    const text = await lab.op.sign({ ...right, ...claims }, { typ: 'logout+jwt' }, key);
    return refusalOf(lab.nobody(() => lab.auth.get(ReceiveBackchannelLogout).execute(oidc.id, text)));
  };

const backchannelLogouts: readonly Case[] = [
  [
    'O13',
    'A logout token with a nonce: an ID token in disguise',
    'OpenID Back-Channel Logout 2.6',
    backchannel({ nonce: 'n' }),
  ],
  ['O13b', 'A logout token without its event', 'OpenID Back-Channel Logout 2.6', backchannel({ events: {} })],
  [
    'O13c',
    'A logout token for another client',
    'OpenID Back-Channel Logout 2.6',
    backchannel({ aud: 'other' }),
  ],
  [
    'O13d',
    'A logout token of another issuer',
    'OpenID Back-Channel Logout 2.6',
    backchannel({ iss: 'https://evil.example' }),
  ],
  ['O13e', 'A logout token about nobody', 'OpenID Back-Channel Logout 2.6', backchannel({ sub: undefined })],
  [
    'O13f',
    'A logout token signed by somebody else',
    'OpenID Back-Channel Logout 2.6',
    async () => backchannel({}, (await generateKeyPair('RS256')).privateKey)(),
  ],
  [
    'O13g',
    'A logout token a second time',
    'OpenID Back-Channel Logout 2.6',
    async () => {
      await backchannel({ jti: 'once' })();
      return backchannel({ jti: 'once' })();
    },
  ],
  [
    'O13h',
    'An old logout token',
    'OpenID Back-Channel Logout 2.6',
    async () => backchannel({ iat: seconds(-4_000), exp: seconds(60) })(),
  ],
];

describe('attacks on sign-in by a provider', () => {
  beforeAll(async () => {
    lab = await SignInLab.open();
    stranger = await TestIdp.make();
    saml = await lab.connection();
    loose = await lab.connection({ saml: { allowIdpInitiated: true } });
    elsewhere = await lab.connection({}, 'saml', lab.there);
    oidc = await lab.connection({}, 'oidc');
  }, 120_000);
  afterAll(async () => {
    await lab.close();
  });
  beforeEach(() => {
    // Each minute has its own room in the trace.
    lab.auth.clock.advance(1_000);
  });

  const groups = { wrapping, signatures, profile, people, logouts, openId, backchannelLogouts };
  describe.each(Object.entries(groups))('%s', (_, cases) => {
    it.each(cases)('%s %s', async (id, what, source, attack) => {
      // The trace of a connection takes so many a minute; here are more.
      const budgets = await lab.auth.redis.keys('auth:budget:*');
      if (budgets.length > 0) await lab.auth.redis.del(...budgets);
      const reason = await attack();
      expect([id, reason]).not.toEqual([id, null]);
      rows.push({ id, what, source, reason: reason ?? '' });
    });
  });

  it('lets the same answers in when nothing is wrong with them, so that the cases above prove something', async () => {
    const [certificate = ''] = saml.certificates;
    const signings = [
      { parts: 'assertion' },
      { parts: 'response' },
      { parts: 'both' },
      { parts: 'assertion', encryptFor: certificate },
    ] as const;
    for (const signing of signings) {
      const { signIn, returnTo } = await lab.finish(await lab.respond(saml, await lab.said(saml), signing));
      expect([signIn.user.email, returnTo]).toEqual(['ann@acme.example', '/courses']);
    }
    const xml = lab.idp.response({
      ...lab.saidTo(loose),
      inResponseTo: null,
      subject: 'portal',
      attributes: { email: ['portal@acme.example'] },
    });
    const confirmed = await lab.confirm(await lab.post(loose, xml, lab.here, '/catalogue'));
    expect([confirmed.signIn.user.email, confirmed.returnTo]).toEqual(['portal@acme.example', '/catalogue']);
    const question = await lab.start(oidc);
    lab.op.expect(question, lab.now, { sub: 'open', email: 'open@acme.example' });
    lab.op.token = (right) => lab.op.sign(right);
    const settled = await lab.callback(oidc, { code: 'c', state: question.searchParams.get('state') ?? '' });
    expect((await lab.finish(settled)).signIn.user.email).toBe('open@acme.example');
    expect(await logout(await redirectQuery(await deflated(logoutXml()), lab.idp))).toBeNull();
    expect(await backchannel({})()).toBeNull();
    expect(decodeJwt(await lab.op.sign({ sub: 'x' })).sub).toBe('x');
    expect(new X509Certificate(certificate).subject).toContain('CN=');
  });

  it('follows a provider that changed its key from one moment to the next', async () => {
    await lab.op.rotate();
    const question = await lab.start(oidc);
    lab.auth.clock.advance(6_000);
    lab.op.expect(question, lab.now, { sub: 'rotated', email: 'rotated@acme.example' });
    const settled = await lab.callback(oidc, { code: 'c', state: question.searchParams.get('state') ?? '' });
    expect((await lab.finish(settled)).signIn.user.email).toBe('rotated@acme.example');
  });

  it('stands on the page of attacks as it is', () => {
    expect(rows).toHaveLength(Object.values(groups).flat().length);
    expectOnPage('providers', 'apps/auth/src/federation/sign-in-attacks.int-spec.ts', rows);
  });
});
