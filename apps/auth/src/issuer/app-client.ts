import type { AllClientMetadata, JWK } from 'oidc-provider';
import { hasSecret, type App } from '../app/app.js';

const DEVICE = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;

/** An app in the library's words. Its secrets are not among them: they are compared by us. */
export function clientOf(app: App): AllClientMetadata {
  return {
    client_id: app.id,
    client_name: app.name,
    application_type: isNative(app) ? 'native' : 'web',
    redirect_uris: [...app.redirectUris],
    post_logout_redirect_uris: [...app.postLogoutRedirectUris],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: app.authentication,
    ...(hasSecret(app) ? { client_secret: 'compared-by-its-hash' } : {}),
    ...(app.authentication === 'private_key_jwt' ? { jwks: { keys: app.publicKeys.map(keyOf) } } : {}),
    // How an app knows people is computed by us for both kinds: the library's own ids name the session besides.
    subject_type: 'pairwise',
    sector_identifier_uri: sectorOf(app.id),
    id_token_signed_response_alg: app.idTokenAlgorithm,
    scope: app.scopes.join(' '),
  };
}

/** A name for the addresses of one app, which the library wants where they are of several hosts. Nobody is called there. */
const sectorOf = (appId: string): string => `https://sector.invalid/${appId}`;

/** A program on a device: it comes back by its own scheme, or by a port of the device that it cannot choose beforehand. */
function isNative({ kind, redirectUris }: App): boolean {
  if (kind !== 'public') return false;
  const isOwn = (uri: string) => !/^https?:/.test(uri) || DEVICE.test(uri);
  return redirectUris.some(isOwn) && redirectUris.every((uri) => isOwn(uri) || uri.startsWith('https:'));
}

/** Ed25519 signs under two names, and a key that says one would not be taken for the other. */
function keyOf({ alg, ...key }: App['publicKeys'][number]): JWK {
  const named = alg === undefined || key.kty === 'OKP' ? {} : { alg };
  return { ...key, ...named, use: 'sig' };
}
