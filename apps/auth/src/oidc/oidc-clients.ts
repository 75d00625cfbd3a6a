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
import type { OidcConnection } from '../connection/connection.js';
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

interface Client {
  readonly configuration: Configuration;
  readonly keys: KeySetKeeper;
  readonly until: number;
}

/** What is read again after so long: a provider that moved an endpoint is followed without a restart. */
const KEPT_MS = 10 * 60_000;
const KEPT_CLIENTS = 500;
/** Whatever the library remembers of keys is always old enough to be asked for anew; how often that is, is for us to say. */
const STALE_SECONDS = 61;

/** A client of openid-client for each connection, which calls out through the guard alone and always checks signatures. */
@Injectable()
export class OidcClients {
  private readonly clients = new Map<string, Client>();

  constructor(
    private readonly outbound: OutboundClient,
    private readonly connections: ConnectionRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws OutboundRefused, OutboundFailed, ProviderSettingsInvalid */
  async of(connection: OidcConnection): Promise<Client> {
    const name = `${currentTenant().id} ${connection.id} ${connection.version}`;
    const now = this.clock.now().getTime();
    const known = this.clients.get(name);
    if (known !== undefined && known.until > now) return this.primed(known);
    const client = await this.made(connection, now);
    if (this.clients.size >= KEPT_CLIENTS) this.clients.clear();
    this.clients.set(name, client);
    return this.primed(client);
  }

  /** The provider's own description. @throws OutboundRefused, OutboundFailed, ProviderSettingsInvalid */
  async discover(issuer: string): Promise<Discovery> {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const { status, bytes } = await this.outbound.call(url, { headers: { accept: 'application/json' } });
    if (status !== 200) throw invalid('discovery_failed', `${url} answers ${status}.`);
    const found = discovery.safeParse(jsonOf(bytes));
    if (!found.success)
      throw invalid('discovery_malformed', `${url} is not the description of an OpenID provider.`);
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

  private async made(connection: OidcConnection, now: number): Promise<Client> {
    const { issuer, clientId, idTokenAlgorithm } = connection.oidc;
    const server = await this.discover(issuer);
    const keys = new KeySetKeeper(async () => this.keySet(server.jwks_uri), this.clock);
    const metadata = { id_token_signed_response_alg: idTokenAlgorithm };
    const configuration = new Configuration(
      server as ServerMetadata,
      clientId,
      metadata,
      await this.authentication(connection),
    );
    configuration[customFetch] = async (url, options) => this.fetched(url, options, server.jwks_uri, keys);
    enableNonRepudiationChecks(configuration);
    // The guard decides which addresses may be plain http: none, but what the operator allows.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to be noticed, not to be removed
    allowInsecureRequests(configuration);
    return { configuration, keys, until: now + KEPT_MS };
  }

  private primed(client: Client): Client {
    const jwks = client.keys.known;
    if (jwks !== null) {
      const uat = Math.floor(Date.now() / 1000) - STALE_SECONDS;
      setJwksCache(client.configuration, { jwks: jwks as Parameters<typeof setJwksCache>[1]['jwks'], uat });
    }
    return client;
  }

  private async authentication({ id, oidc }: OidcConnection): Promise<ClientAuth> {
    const { clientSecret, keys } = await this.connections.secretsOf(id);
    switch (oidc.clientAuthentication) {
      case 'client_secret_basic':
        return ClientSecretBasic(clientSecret ?? '');
      case 'client_secret_post':
        return ClientSecretPost(clientSecret ?? '');
      case 'private_key_jwt': {
        const [key] = keys;
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

  private async fetched(
    url: string,
    { method, headers, body }: CustomFetchOptions,
    jwksUri: string,
    keys: KeySetKeeper,
  ): Promise<Response> {
    if (url === jwksUri) return Response.json(await keys.fresh());
    const answer = await this.outbound.call(url, {
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
    });
    const plain = answer.bytes.length === 0 ? null : new Uint8Array(answer.bytes);
    return new Response(plain, { status: answer.status, headers: answer.headers });
  }
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
