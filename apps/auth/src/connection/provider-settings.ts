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
  ldap({ bindPassword, ...input }: LdapInput, before: LdapSettings | null): LdapSettings {
    const tenant = currentTenant().slug;
    for (const { host, port } of input.servers) {
      this.sockets.requireCallable({ host, port, tenant, publicPorts: DIRECTORY_PORTS });
    }
    readable('/ldap/userFilter', () => filterTemplate(input.userFilter));
    const { groups, sync } = input;
    if (sync.filter !== null) readable('/ldap/sync/filter', () => plainFilter(sync.filter ?? ''));
    if (groups !== null) readable('/ldap/groups/filter', () => plainFilter(groups.filter));
    const caCertificates = input.caCertificates.map((text, index) =>
      this.certificate(text, `/ldap/caCertificates/${index}`),
    );
    const settings = { ...input, caCertificates: [...new Set(caCertificates)] };
    if (bindPassword === undefined && (before === null || leadsElsewhere(before, settings))) {
      throw new ProviderSettingsInvalid(
        'secret_missing',
        '/ldap/bindPassword',
        before === null
          ? 'The password of the search account is missing.'
          : 'Type the password of the search account again: it would go to a server that has not had it.',
      );
    }
    return settings;
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

/** Whoever may change a connection does not learn its password by sending it to a server of his own (CVE-2024-5967). */
function leadsElsewhere(before: LdapSettings, after: LdapSettings): boolean {
  const known = new Set(before.servers.map(({ host, port }) => `${host.toLowerCase()}:${port}`));
  const isNew = after.servers.some(({ host, port }) => !known.has(`${host.toLowerCase()}:${port}`));
  // No authority of his own: the public ones. Both let other servers prove themselves.
  const trusts = after.caCertificates.some((pem) => !before.caCertificates.includes(pem));
  return isNew || trusts || (after.caCertificates.length === 0 && before.caCertificates.length > 0);
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
