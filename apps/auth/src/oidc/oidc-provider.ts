import { Injectable } from '@nestjs/common';
import {
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { addressesOf, isOidc, type Connection } from '../connection/connection.js';
import { IdentityProvider, type ProviderQuestion } from '../federation/identity-provider.js';
import type { FederatedSession } from '../federation/identity.repository.js';
import { Refusal } from '../federation/refusal.js';
import { OidcClients } from './oidc-clients.js';
import { reasonOf } from './oidc-fault.js';

/** Speaks to OpenID providers: authorization code with PKCE, state and nonce; pushed where the provider takes that. */
@Injectable()
export class OidcProvider extends IdentityProvider {
  override readonly kind = 'oidc';

  constructor(private readonly clients: OidcClients) {
    super();
  }

  override async question(connection: Connection): Promise<ProviderQuestion> {
    if (!isOidc(connection)) throw new Refusal('connection_kind');
    const { configuration } = await this.clients.of(connection);
    const [id, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const parameters = {
      redirect_uri: addressesOf(connection).oidcCallback,
      scope: [...new Set(['openid', ...connection.oidc.scopes])].join(' '),
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state: id,
      nonce,
    };
    const canPush = configuration.serverMetadata().pushed_authorization_request_endpoint !== undefined;
    const url = canPush
      ? await this.pushed(configuration, parameters)
      : buildAuthorizationUrl(configuration, parameters);
    return { url: url.href, id, nonce, codeVerifier };
  }

  override async logoutUrl(
    connection: Connection,
    { logoutHint }: FederatedSession & { readonly logoutHint: string | null },
  ): Promise<string | null> {
    if (!isOidc(connection)) return null;
    const { configuration } = await this.clients.of(connection);
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: addressesOf(connection).signedOut,
      ...(logoutHint === null ? {} : { id_token_hint: logoutHint }),
    }).href;
  }

  /** Where the question is pushed, the provider looks at our secret before any browser comes. */
  private async pushed(configuration: Configuration, parameters: Record<string, string>): Promise<URL> {
    try {
      return await buildAuthorizationUrlWithPAR(configuration, parameters);
    } catch (error) {
      throw reasonOf(error);
    }
  }
}
