import { decryptXml, getVerifiedXml } from '@node-saml/node-saml/lib/xml.js';
import { Refusal } from '../federation/refusal.js';
import { ASSERTION, DSIG, PROTOCOL, XENC } from './saml-names.js';
import {
  childOf,
  childrenOf,
  everyElement,
  idsOf,
  readXml,
  requirePlainXml,
  type DomElement,
  type XmlElement,
} from './xml-tree.js';

export interface Trust {
  /** PEM. What a message says about its own key counts for nothing. */
  readonly certificates: readonly string[];
  /** PEM; tried in this order. */
  readonly decryptionKeys: readonly string[];
  readonly allowSha1: boolean;
}

/** A response whose assertion was signed by the provider. */
export interface SignedResponse {
  /** The response around the assertion: as signed, or as it came where only the assertion is signed. */
  readonly response: XmlElement;
  readonly responseSigned: boolean;
  /** Read from the bytes that the signature covers, and from nothing else. */
  readonly assertion: XmlElement;
  readonly assertionSigned: boolean;
  readonly assertionXml: string;
  readonly encrypted: boolean;
}

const sha2 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha';
const signatureMethods = [`${sha2}256`, `${sha2}384`, `${sha2}512`];
const digestMethods = [
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512',
];
const sha1 = ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'http://www.w3.org/2000/09/xmldsig#sha1'];
const canonicalizations = [
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
];
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const encryptions = [
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
  'http://www.w3.org/2009/xmlenc11#rsa-oaep',
];

/**
 * Takes a SAML response apart as far as signatures go: one assertion, in its one place, covered by a valid signature of a
 * known certificate. What is given out was read from the signed bytes.
 * @throws Refusal
 */
export async function openResponse(xml: string, trust: Trust): Promise<SignedResponse> {
  requirePlainXml(xml);
  const received = await readXml(xml);
  if (received.namespace !== PROTOCOL || received.name !== 'Response') throw new Refusal('not_a_response');
  requireOneOf(received, ['Response']);
  const holders = everyElement(received).filter(({ name }) => /^(Encrypted)?Assertion$/.test(name));
  if (holders.length === 0) throw new Refusal(statusReason(received));
  const [holder] = received.children.filter(({ namespace, name }) => {
    return namespace === ASSERTION && (name === 'Assertion' || name === 'EncryptedAssertion');
  });
  if (holders.length > 1 || holder === undefined) throw new Refusal('several_assertions');
  const encrypted = holder.name === 'EncryptedAssertion';
  requireSoundSignatures(received, encrypted ? [received] : [received, holder], trust);

  const signedResponse = verified(xml, received, trust);
  const response = signedResponse === null ? received : await readXml(signedResponse);
  const own = encrypted
    ? await decrypted(signedResponse === null ? holder : onlyChild(response, 'EncryptedAssertion'), trust)
    : { xml, element: holder };
  if (encrypted) requireSoundSignatures(own.element, [own.element], trust);
  const signedAssertion = verified(own.xml, own.element, trust);
  if (signedResponse === null && signedAssertion === null) throw new Refusal('not_signed');
  const assertion = await assertionOf(signedAssertion, response, own.element, encrypted);
  return {
    ...{ response, responseSigned: signedResponse !== null, assertion, encrypted },
    assertionSigned: signedAssertion !== null,
    assertionXml: signedAssertion ?? assertion.node.toString(),
  };
}

/** A signed message of one element, such as a LogoutRequest that was posted. @throws Refusal */
export async function openMessage(xml: string, trust: Trust): Promise<XmlElement> {
  requirePlainXml(xml);
  const received = await readXml(xml);
  requireSoundSignatures(received, [received], trust);
  const signed = verified(xml, received, trust);
  if (signed === null) throw new Refusal('not_signed');
  return readXml(signed);
}

/** From signed bytes: the assertion's own, the response's, or what the signed response held encrypted. */
async function assertionOf(
  signed: string | null,
  response: XmlElement,
  decryptedOne: XmlElement,
  encrypted: boolean,
): Promise<XmlElement> {
  if (signed !== null) {
    requirePlainXml(signed);
    return readXml(signed);
  }
  return encrypted ? decryptedOne : onlyChild(response, 'Assertion');
}

function onlyChild(response: XmlElement, name: string): XmlElement {
  const found = childOf(response, ASSERTION, name);
  if (found === undefined) throw new Refusal('several_assertions');
  return found;
}

/** The bytes that the element's own signature covers; null where it has none. @throws Refusal where it is not valid */
function verified(xml: string, element: XmlElement, { certificates }: Trust): string | null {
  if (childrenOf(element, DSIG, 'Signature').length === 0) return null;
  if (certificates.length === 0) throw new Refusal('no_certificate');
  let signed: string | null;
  try {
    signed = (getVerifiedXml as (xml: string, node: DomElement, pems: readonly string[]) => string | null)(
      xml,
      element.node,
      certificates,
    );
  } catch (cause) {
    throw new Refusal('signature_invalid', {}, cause);
  }
  if (signed === null) throw new Refusal('signature_invalid');
  return signed;
}

/** Signatures only where they belong, by algorithms that hold, over ids that mean one thing. */
function requireSoundSignatures(root: XmlElement, owners: readonly XmlElement[], trust: Trust): void {
  const elements = everyElement(root);
  const ids = elements.flatMap((element) => {
    const own = idsOf(element);
    if (own.length > 1) throw new Refusal('ids_ambiguous');
    return own;
  });
  if (new Set(ids).size !== ids.length) throw new Refusal('ids_ambiguous');
  const signatures = elements.filter(({ namespace, name }) => namespace === DSIG && name === 'Signature');
  const belonging = owners.flatMap((owner) => childrenOf(owner, DSIG, 'Signature'));
  if (belonging.length !== signatures.length || belonging.length > owners.length) {
    throw new Refusal('signature_misplaced');
  }
  for (const signature of signatures) requireSoundSignature(signature, trust);
}

function requireSoundSignature(signature: XmlElement, { allowSha1 }: Trust): void {
  if (childrenOf(signature, DSIG, 'SignedInfo').length !== 1) throw new Refusal('signature_misplaced');
  const parts = everyElement(signature);
  if (parts.some(({ namespace, name }) => namespace === DSIG && name === 'Object')) {
    throw new Refusal('signature_misplaced');
  }
  const old = allowSha1 ? sha1 : [];
  const allowed: Readonly<Record<string, readonly string[]>> = {
    SignatureMethod: [...signatureMethods, ...old],
    DigestMethod: [...digestMethods, ...old],
    CanonicalizationMethod: canonicalizations,
    Transform: [...canonicalizations, ENVELOPED],
  };
  for (const { namespace, name, attributes } of parts) {
    const algorithms = namespace === DSIG ? allowed[name] : undefined;
    const algorithm = attributes.get('Algorithm') ?? '';
    if (algorithms !== undefined && !algorithms.includes(algorithm)) {
      throw new Refusal('signature_algorithm', { expected: algorithms[0] ?? null, actual: algorithm });
    }
  }
}

async function decrypted(
  holder: XmlElement,
  { decryptionKeys }: Trust,
): Promise<{ xml: string; element: XmlElement }> {
  for (const { namespace, name, attributes } of everyElement(holder)) {
    const algorithm = attributes.get('Algorithm') ?? '';
    if (namespace === XENC && name === 'EncryptionMethod' && !encryptions.includes(algorithm)) {
      throw new Refusal('encryption_algorithm', { actual: algorithm });
    }
  }
  const encryptedXml = holder.node.toString();
  for (const key of decryptionKeys) {
    let xml: string;
    try {
      xml = await decryptXml(encryptedXml, key);
    } catch {
      // Not for this key, or not sound: the same to who sent it.
      continue;
    }
    requirePlainXml(xml);
    const element = await readXml(xml);
    if (element.namespace !== ASSERTION || element.name !== 'Assertion') throw new Refusal('cannot_decrypt');
    requireOneOf(element, ['Assertion', 'EncryptedAssertion']);
    return { xml, element };
  }
  throw new Refusal('cannot_decrypt');
}

function requireOneOf(root: XmlElement, names: readonly string[]): void {
  const found = everyElement(root).filter(({ name }) => names.includes(name));
  if (found.length !== 1) throw new Refusal('several_assertions');
}

function statusReason(response: XmlElement): string {
  const status = childOf(response, PROTOCOL, 'Status');
  const code = status === undefined ? undefined : childOf(status, PROTOCOL, 'StatusCode');
  const value = code?.attributes.get('Value') ?? '';
  return value.endsWith(':Success') || value === '' ? 'no_assertion' : 'status';
}
