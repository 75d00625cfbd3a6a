import { Injectable } from '@nestjs/common';
import type { LdapInput, OidcInput, SamlInput } from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { OutboundClient, OutboundSockets } from '#libs/outbound';
import { currentTenant } from '#libs/tenancy';
import { filterTemplate, plainFilter } from '../ldap/ldap-filter.js';
import { DIRECTORY_PORTS } from '../ldap/ldap-session.js';
import { OidcClients } from '../oidc/oidc-clients.js';
import { readIdpMetadata } from '../saml/idp-metadata.js';
import { certificateOf } from './certificate.js';
import { ProviderSettingsInvalid } from './connection.errors.js';
import type { LdapSettings, OidcSettings, SamlSettings } from './connection.js';

/** Turns what an administrator typed, pasted or pointed at into settings that can work, or says what is wrong with it. */
@Injectable()
export class ProviderSettings {
  constructor(
    private readonly outbound: OutboundClient,
    private readonly sockets: OutboundSockets,
    private readonly oidcClients: OidcClients,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderSettingsInvalid, OutboundRefused, OutboundFailed */
  async saml(input: SamlInput, before: SamlSettings | null): Promise<SamlSettings> {
    const { metadataUrl, metadataXml, entityId, ssoUrl, sloUrl, certificates, ...policy } = input;
    const described = await this.described(input);
    const typed = certificates?.map((text, index) => this.certificate(text, `/saml/certificates/${index}`));
    const found = {
      entityId: entityId ?? described?.entityId ?? before?.entityId,
      ssoUrl: ssoUrl ?? described?.ssoUrl ?? before?.ssoUrl,
      certificates: typed ?? described?.certificates ?? before?.certificates ?? [],
    };
    if (found.entityId === undefined) throw missing('entityId', 'The entity ID of the provider is missing.');
    if (found.ssoUrl === undefined) throw missing('ssoUrl', 'The address to sign in at is missing.');
    if (found.certificates.length === 0) {
      throw missing('certificates', 'The certificate of the provider is missing.');
    }
    const settings = {
      ...policy,
      ...{ entityId: found.entityId, ssoUrl: found.ssoUrl, certificates: [...new Set(found.certificates)] },
      sloUrl: sloUrl === undefined ? (described?.sloUrl ?? before?.sloUrl ?? null) : sloUrl,
      metadataUrl:
        metadataUrl ??
        (metadataXml === undefined && certificates === undefined ? (before?.metadataUrl ?? null) : null),
    };
    // Browsers are sent there, so it must not be a way to somewhere else.
    for (const url of [settings.ssoUrl, settings.sloUrl]) {
      if (url !== null) this.outbound.requireCallable(url);
    }
    return settings;
  }

  /** @throws ProviderSettingsInvalid, OutboundRefused, OutboundFailed */
  async oidc({ clientSecret, ...input }: OidcInput, hasSecret: boolean): Promise<OidcSettings> {
    if (input.clientAuthentication !== 'private_key_jwt' && clientSecret === undefined && !hasSecret) {
      throw new ProviderSettingsInvalid(
        'secret_missing',
        '/oidc/clientSecret',
        'The client secret is missing.',
      );
    }
    await this.oidcClients.discover(input.issuer);
    return input;
  }

  /** @throws ProviderSettingsInvalid, OutboundRefused */
  ldap({ bindPassword, ...input }: LdapInput, hasPassword: boolean): LdapSettings {
    if (bindPassword === undefined && !hasPassword) {
      throw new ProviderSettingsInvalid(
        'secret_missing',
        '/ldap/bindPassword',
        'The password of the search account is missing.',
      );
    }
    const tenant = currentTenant().slug;
    for (const { host, port } of input.servers) {
      this.sockets.requireCallable({ host, port, tenant, publicPorts: DIRECTORY_PORTS });
    }
    readable('/ldap/userFilter', () => filterTemplate(input.userFilter));
    const { groups } = input;
    if (groups !== null) readable('/ldap/groups/filter', () => plainFilter(groups.filter));
    const caCertificates = input.caCertificates.map((text, index) =>
      this.certificate(text, `/ldap/caCertificates/${index}`),
    );
    return { ...input, caCertificates: [...new Set(caCertificates)] };
  }

  private async described({ metadataUrl, metadataXml, entityId }: SamlInput) {
    if (metadataXml !== undefined) return readIdpMetadata(metadataXml, entityId, this.clock.now());
    if (metadataUrl === undefined) return null;
    const { status, bytes } = await this.outbound.call(metadataUrl);
    if (status !== 200) {
      throw new ProviderSettingsInvalid(
        'metadata_unreachable',
        '/saml/metadataUrl',
        `The metadata address answers ${status}.`,
      );
    }
    return readIdpMetadata(bytes.toString('utf8'), entityId, this.clock.now());
  }

  private certificate(text: string, pointer: string): string {
    const pem = certificateOf(text);
    if (pem !== null) return pem;
    throw new ProviderSettingsInvalid(
      'certificate_invalid',
      pointer,
      'This is not an X.509 certificate in PEM.',
    );
  }
}

function missing(field: string, detail: string): ProviderSettingsInvalid {
  return new ProviderSettingsInvalid(
    `${field === 'certificates' ? 'certificate' : 'field'}_missing`,
    `/saml/${field}`,
    detail,
  );
}

/** A filter has to be one before it is asked with. */
function readable(pointer: string, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 300) : 'The filter cannot be read.';
    throw new ProviderSettingsInvalid('filter_invalid', pointer, detail);
  }
}
