import type { SetupView } from '#libs/contracts/auth';
import { certificateView } from '../connection/certificate.js';
import { addressesOf, type Connection } from '../connection/connection.js';
import type { Setup } from './set-up-by-link.use-case.js';

/** What a setup link shows, and nothing else of the academy. */
export function setupView({ link, connection, tests }: Setup): SetupView {
  const { connectionId, name, kind, provider, origin, expiresAt } = link;
  const ours = addressesOf({ id: connectionId, origin: connection?.origin ?? origin });
  return {
    name: connection?.name ?? name,
    kind: connection === null || connection.kind === 'ldap' ? kind : connection.kind,
    provider: connection?.provider ?? provider,
    state: connection?.state ?? null,
    expiresAt: expiresAt.toISOString(),
    sp: {
      ...{ entityId: ours.samlMetadata, acsUrl: ours.acs },
      ...{ sloUrl: ours.slo, metadataUrl: ours.samlMetadata },
    },
    rp: {
      ...{ redirectUri: ours.oidcCallback, postLogoutRedirectUri: ours.signedOut },
      ...{ backchannelLogoutUri: ours.oidcBackchannelLogout, jwksUri: ours.oidcKeys },
    },
    saml: samlOf(connection),
    oidc: oidcOf(connection),
    tests: [...tests],
  };
}

function samlOf(connection: Connection | null): SetupView['saml'] {
  const saml = connection?.saml ?? null;
  if (saml === null) return null;
  const { entityId, ssoUrl, metadataUrl, certificates } = saml;
  return { entityId, ssoUrl, metadataUrl, certificates: certificates.map(certificateView) };
}

function oidcOf(connection: Connection | null): SetupView['oidc'] {
  const oidc = connection?.oidc ?? null;
  if (oidc === null) return null;
  const { issuer, clientId, clientAuthentication } = oidc;
  return { issuer, clientId, clientAuthentication, hasSecret: clientAuthentication !== 'private_key_jwt' };
}
