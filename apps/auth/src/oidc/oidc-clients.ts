import { createPrivateKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { OutboundClient } from '#libs/outbound';
import { currentTenant } from '#libs/tenancy';
import { importPKCS8, type JSONWebKeySet } from 'jose';
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  PrivateKeyJwt,
  setJwksCache,
  type ClientAuth,
  type CustomFetchOptions,
  type ServerMetadata,
} from 'openid-client';
import { z } from 'zod';
import { ProviderSettingsInvalid } from '../connection/connection.errors.js';
import { signingKeyOf, type OidcConnection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { KeySetKeeper } from './key-set-keeper.js';
import { ownKeyId } from './own-jwk.js';

const discovery = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: z.string().optional(),
  pushed_authorization_request_endpoint: z.string().optional(),
  end_session_endpoint: z.string().optional(),
});
export type Discovery = z.infer<typeof discovery>;

/** How to speak to one provider for one connection. */
interface Client {
  readonly configuration: Configuration;
  readonly keys: KeySetKeeper;
}

interface KnownProvider {
  readonly server: Discovery;
  readonly authentication: ClientAuth;
  readonly keys: KeySetKeeper;
  readonly until: number;
}

/** What is read again after so long: a provider that moved an endpoint is followed without a restart. */
const KEPT_MS = 10 * 60_000;
const KEPT_PROVIDERS = 500;
/** Whatever the library remembers of keys is always old enough to be asked for anew; how often that is, is for us to say. */
const STALE_SECONDS = 61;

/** A client of openid-client for each connection, which calls out through the guard alone and always checks signatures. */
@Injectable()
export class OidcClients {
  private readonly known = new Map<string, KnownProvider>();

  constructor(
    private readonly outbound: OutboundClient,
    private readonly connections: ConnectionRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws OutboundRefused, OutboundFailed, ProviderSettingsInvalid */
  async of(connection: OidcConnection): Promise<Client> {
    const name = `${currentTenant().id} ${connection.id} ${connection.version}`;
    const now = this.clock.now().getTime();
    let known = this.known.get(name);
    if (known === undefined || known.until <= now) {
      known = await this.introduced(connection, now, known?.keys);
      if (this.known.size >= KEPT_PROVIDERS) this.known.clear();
      this.known.set(name, known);
    }
    return { configuration: configurationOf(connection, known, this.fetching(known)), keys: known.keys };
  }

  /** The provider's own description. @throws OutboundRefused, OutboundFailed, ProviderSettingsInvalid */
  async discover(issuer: string): Promise<Discovery> {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const { status, bytes } = await this.outbound.call(url, { headers: { accept: 'application/json' } });
    if (status !== 200) throw invalid('discovery_failed', `${url} answers ${status}.`);
    const found = discovery.safeParse(jsonOf(bytes));
    if (!found.success) {
      throw invalid('discovery_malformed', `${url} is not the description of an OpenID provider.`);
    }
    if (found.data.issuer !== issuer) {
      throw invalid(
        'issuer_mismatch',
        `The provider calls itself ${found.data.issuer}. Write the issuer exactly so.`,
      );
    }
    const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = found.data;
    for (const called of [authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint]) {
      if (called !== undefined) this.outbound.requireCallable(called);
    }
    return found.data;
  }

  private async introduced(
    connection: OidcConnection,
    now: number,
    keys?: KeySetKeeper,
  ): Promise<KnownProvider> {
    const server = await this.discover(connection.oidc.issuer);
    return {
      ...{ server, authentication: await this.authentication(connection), until: now + KEPT_MS },
      keys: keys ?? new KeySetKeeper(async () => this.keySet(server.jwks_uri), this.clock),
    };
  }

  private async authentication({ id, oidc }: OidcConnection): Promise<ClientAuth> {
    const secrets = await this.connections.secretsOf(id);
    const { clientSecret } = secrets;
    switch (oidc.clientAuthentication) {
      case 'client_secret_basic':
        return ClientSecretBasic(clientSecret ?? '');
      case 'client_secret_post':
        return ClientSecretPost(clientSecret ?? '');
      case 'private_key_jwt': {
        const key = signingKeyOf(secrets);
        if (key === undefined) throw invalid('no_key', 'This connection has no key of ours.');
        return PrivateKeyJwt({ key: await importPKCS8(key, 'RS256'), kid: ownKeyId(createPrivateKey(key)) });
      }
    }
  }

  private async keySet(url: string): Promise<JSONWebKeySet> {
    const { status, bytes } = await this.outbound.call(url, {
      headers: { accept: 'application/json' },
      maxBytes: 256 * 1024,
    });
    const parsed = z
      .object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) })
      .safeParse(jsonOf(bytes));
    if (status !== 200 || !parsed.success) throw invalid('keys_malformed', `${url} is not a set of keys.`);
    return parsed.data;
  }

  private fetching({ server, keys }: KnownProvider) {
    return async (url: string, { method, headers, body }: CustomFetchOptions): Promise<Response> => {
      if (url === server.jwks_uri) return Response.json(await keys.fresh());
      const answer = await this.outbound.call(url, {
        method: method === 'POST' ? 'POST' : 'GET',
        headers,
        ...(body === undefined || body === null ? {} : { body: await new Response(body).text() }),
      });
      const plain = answer.bytes.length === 0 ? null : new Uint8Array(answer.bytes);
      return new Response(plain, { status: answer.status, headers: answer.headers });
    };
  }
}

/**
 * A new one for each sign-in: what the library remembers of keys is then ours to give, and old enough that it looks for a
 * key that it does not know. How often that is, the keeper says.
 */
function configurationOf(
  { oidc }: OidcConnection,
  { server, authentication, keys }: KnownProvider,
  fetching: NonNullable<Configuration[typeof customFetch]>,
): Configuration {
  const metadata = { id_token_signed_response_alg: oidc.idTokenAlgorithm };
  const configuration = new Configuration(server as ServerMetadata, oidc.clientId, metadata, authentication);
  configuration[customFetch] = fetching;
  enableNonRepudiationChecks(configuration);
  // The guard decides which addresses may be plain http: none, but what the operator allows.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to be noticed, not to be removed
  allowInsecureRequests(configuration);
  if (keys.known !== null) {
    const jwks = keys.known as Parameters<typeof setJwksCache>[1]['jwks'];
    setJwksCache(configuration, { jwks, uat: Math.floor(Date.now() / 1000) - STALE_SECONDS });
  }
  return configuration;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function invalid(code: string, detail: string): ProviderSettingsInvalid {
  return new ProviderSettingsInvalid(code, '/oidc/issuer', detail);
}
