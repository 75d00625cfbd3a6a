import { ProviderSettingsInvalid } from '../connection/connection.errors.js';
import { certificateOf } from '../connection/certificate.js';
import { Refusal } from '../federation/refusal.js';
import { DSIG, METADATA, REDIRECT_BINDING } from './saml-names.js';
import { childrenOf, everyElement, readXml, requirePlainXml, type XmlElement } from './xml-tree.js';

/** What metadata say about one identity provider. */
export interface IdpMetadata {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly sloUrl: string | null;
  readonly certificates: readonly string[];
}

const MOST_CHARACTERS = 1_000_000;

/**
 * The identity provider in a metadata document.
 * @param entityId which one, where the document describes several
 * @throws ProviderSettingsInvalid that names what is missing
 */
export async function readIdpMetadata(
  xml: string,
  entityId: string | undefined,
  now: Date,
): Promise<IdpMetadata> {
  const root = await parsed(xml);
  const providers = everyElement(root).filter(
    (element) =>
      element.namespace === METADATA &&
      element.name === 'EntityDescriptor' &&
      childrenOf(element, METADATA, 'IDPSSODescriptor').length > 0,
  );
  const named =
    entityId === undefined
      ? providers
      : providers.filter((one) => one.attributes.get('entityID') === entityId);
  const [entity] = named;
  if (entity === undefined) {
    throw invalid('metadata_no_provider', 'The metadata describe no such identity provider.');
  }
  if (named.length > 1) {
    throw invalid(
      'metadata_several_providers',
      'The metadata describe several identity providers. Name one by its entity ID.',
    );
  }
  for (const { attributes } of [root, entity]) {
    const until = attributes.get('validUntil');
    if (until !== undefined && new Date(until) < now) {
      throw invalid('metadata_expired', `The metadata held until ${until}.`);
    }
  }
  const [descriptor] = childrenOf(entity, METADATA, 'IDPSSODescriptor');
  if (descriptor === undefined) {
    throw invalid('metadata_no_provider', 'The metadata describe no identity provider.');
  }
  const ssoUrl = locationOf(descriptor, 'SingleSignOnService');
  if (ssoUrl === null) {
    throw invalid(
      'metadata_no_redirect',
      'The identity provider names no address to sign in at by HTTP-Redirect.',
    );
  }
  const certificates = certificatesOf(descriptor);
  if (certificates.length === 0) {
    throw invalid('metadata_no_certificate', 'The metadata hold no certificate for signatures.');
  }
  return {
    entityId: entity.attributes.get('entityID') ?? '',
    ...{ ssoUrl, certificates, sloUrl: locationOf(descriptor, 'SingleLogoutService') },
  };
}

async function parsed(xml: string): Promise<XmlElement> {
  try {
    requirePlainXml(xml, true, MOST_CHARACTERS);
    return await readXml(xml);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw invalid('metadata_malformed', `This is not the metadata of a SAML provider (${error.reason}).`);
  }
}

function locationOf(descriptor: XmlElement, name: string): string | null {
  const services = childrenOf(descriptor, METADATA, name);
  const found = services.find(({ attributes }) => attributes.get('Binding') === REDIRECT_BINDING);
  return found?.attributes.get('Location') ?? null;
}

/** Of every key that may sign; one without `use` may do both (Metadata 2.4.1.1). One that cannot be read is left out. */
function certificatesOf(descriptor: XmlElement): string[] {
  const keys = childrenOf(descriptor, METADATA, 'KeyDescriptor').filter(
    ({ attributes }) => (attributes.get('use') ?? 'signing') === 'signing',
  );
  const found = keys
    .flatMap((key) => everyElement(key))
    .filter(({ namespace, name }) => namespace === DSIG && name === 'X509Certificate')
    .flatMap(({ text }) => certificateOf(text) ?? []);
  return [...new Set(found)].slice(0, 10);
}

function invalid(code: string, detail: string): ProviderSettingsInvalid {
  return new ProviderSettingsInvalid(code, '/saml', detail);
}
