import type { ConnectionView, LdapView, SignInOption } from '#libs/contracts/auth';
import { certificateView } from './certificate.js';
import { addressesOf, type Connection } from './connection.js';

const DAY = 86_400_000;
const WARN_DAYS = 60;

/** The connection as administrators see it. */
export function connectionView(
  connection: Connection,
  now: Date,
  health: LdapView['health'],
): ConnectionView {
  const { id, kind, name, provider, state, isDefault, origin, mapping, provisioning } = connection;
  return {
    ...{ id, kind, name, provider, state, isDefault, origin, mapping, provisioning },
    saml: samlView(connection),
    oidc: oidcView(connection),
    ldap: connection.ldap === null ? null : { ...connection.ldap, hasPassword: true, health },
    warnings: warningsOf(connection, now),
    testedAt: connection.testedAt?.toISOString() ?? null,
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
  };
}

/** The connection as the sign-in page offers it. */
export function optionOf(connection: Connection): SignInOption {
  const { id, name, kind, provider, isDefault } = connection;
  return { id, name, kind, provider, isDefault, startUrl: addressesOf(connection).start };
}

function samlView(connection: Connection): ConnectionView['saml'] {
  if (connection.saml === null) return null;
  const { entityId, ssoUrl, sloUrl, certificates, metadataUrl, ...policy } = connection.saml;
  const addresses = addressesOf(connection);
  return {
    ...policy,
    idp: {
      ...{ entityId, ssoUrl, sloUrl, metadataUrl },
      certificates: certificates.map(certificateView),
      refreshedAt: connection.refreshedAt?.toISOString() ?? null,
    },
    sp: {
      entityId: addresses.samlMetadata,
      acsUrl: addresses.acs,
      sloUrl: addresses.slo,
      metadataUrl: addresses.samlMetadata,
      certificates: connection.certificates.map(certificateView),
    },
  };
}

function oidcView(connection: Connection): ConnectionView['oidc'] {
  if (connection.oidc === null) return null;
  const addresses = addressesOf(connection);
  return {
    ...connection.oidc,
    scopes: [...connection.oidc.scopes],
    hasSecret: connection.oidc.clientAuthentication !== 'private_key_jwt',
    rp: {
      redirectUri: addresses.oidcCallback,
      postLogoutRedirectUri: addresses.signedOut,
      backchannelLogoutUri: addresses.oidcBackchannelLogout,
      jwksUri: addresses.oidcKeys,
    },
  };
}

function warningsOf(connection: Connection, now: Date): ConnectionView['warnings'] {
  const warnings: ConnectionView['warnings'] = [];
  if (connection.state === 'draft') warnings.push({ code: 'not_tested', detail: null });
  for (const pem of connection.ldap?.caCertificates ?? []) warnings.push(...expiryWarnings(pem, now));
  const { saml, refreshedAt } = connection;
  if (saml === null) return warnings;
  if (saml.certificates.length === 0) warnings.push({ code: 'no_certificate', detail: null });
  if (saml.allowSha1) warnings.push({ code: 'sha1_allowed', detail: null });
  for (const pem of saml.certificates) warnings.push(...expiryWarnings(pem, now));
  if (saml.metadataUrl !== null && now.getTime() - (refreshedAt?.getTime() ?? 0) > 7 * DAY) {
    warnings.push({ code: 'metadata_stale', detail: refreshedAt?.toISOString() ?? null });
  }
  return warnings;
}

function expiryWarnings(pem: string, now: Date): ConnectionView['warnings'] {
  const { fingerprint, notAfter } = certificateView(pem);
  const left = new Date(notAfter).getTime() - now.getTime();
  const detail = `${notAfter.slice(0, 10)} ${fingerprint.slice(0, 16)}`;
  if (left < 0) return [{ code: 'certificate_expired', detail }];
  return left < WARN_DAYS * DAY ? [{ code: 'certificate_expires', detail }] : [];
}
