import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '#libs/config';
import { testRedisUrl } from '#libs/config/testing';
import type { Endpoint, Role } from '#libs/contracts';
import { getJsonWebKeySet } from '#libs/contracts/auth';
import { showBrand } from '#libs/contracts/tenants';
import { newId, SystemClock } from '#libs/kernel';
import { createLogger, ServiceMetrics } from '#libs/metrics';
import {
  Broadcast,
  platformConfig,
  type ServiceClient,
  type BroadcastPayload,
  type BroadcastTopic,
} from '#libs/service';
import { FakeShardDirectory } from '#libs/sharding/testing';
import { ContextVerifier, currentTenant, type ServiceKey, type TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import { fastify, type FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Edge } from '../src/edge.js';
import { edgeServerOptions } from '../src/edge/edge-server.js';
import { gatewayConfig } from '../src/gateway.config.js';
import { brandFromDirectory } from '../src/web/brands.js';

export interface TestEdgeOptions {
  /** Further settings, by the names of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The database of Redis, or an address where there is none. */
  readonly redis: number | string;
  /** Declares what the services answer. */
  readonly upstream: (server: FastifyInstance) => void;
}

/** The whole edge on a port of its own; one server plays all services. */
export interface TestEdge {
  readonly port: number;
  readonly redis: Redis;
  readonly directory: FakeShardDirectory;
  readonly broadcast: FakeBroadcast;
  readonly metrics: ServiceMetrics;
  readonly verifierOf: (service: 'courses' | 'auth' | 'media') => Promise<ContextVerifier>;
  readonly acme: TenantRef;
  readonly globex: TenantRef;
  /** A session cookie's value, or a bearer token. */
  token(
    tenant: TenantRef | 'operator',
    claims?: { role?: Role; sid?: string; exp?: number },
  ): Promise<string>;
  /** A key of the tenant. */
  apiKey(tenant: TenantRef): string;
  stopUpstream(): Promise<void>;
  close(): Promise<void>;
}

export class FakeBroadcast extends Broadcast {
  private readonly hearers = new Map<string, ((payload: never) => void)[]>();

  publish<T extends BroadcastTopic>(topic: T, payload: BroadcastPayload<T>): void {
    for (const hear of this.hearers.get(topic) ?? []) hear(payload as never);
  }

  subscribe<T extends BroadcastTopic>(topic: T, hear: (payload: BroadcastPayload<T>) => void): void {
    this.hearers.set(topic, [...(this.hearers.get(topic) ?? []), hear]);
  }
}

const SECRET = 's'.repeat(43);
const shard = { name: 'test', tier: 'small', url: 'postgres://nowhere/test', state: 'open' } as const;

export async function testEdge(options: TestEdgeOptions): Promise<TestEdge> {
  const upstream = fastify();
  upstream.removeAllContentTypeParsers();
  upstream.addContentTypeParser('*', (_request, payload, done) => {
    done(null, payload);
  });
  options.upstream(upstream);
  const services = await upstream.listen({ host: '127.0.0.1', port: 0 });

  const signing = await generateKeyPair('EdDSA', { extractable: true });
  const { x = '' } = await exportJWK(signing.publicKey);
  const jwk = { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: 'k1', x } as const;
  const own = await generateKeyPair('EdDSA', { extractable: true });
  const serviceKeys = [{ ...(await exportJWK(own.privateKey)), kid: 'gateway' } as ServiceKey];

  const directory = new FakeShardDirectory();
  const acme = aTenant({ slug: 'acme', name: 'Acme Works' });
  const globex = aTenant({ slug: 'globex', name: 'Globex Logistics', plan: 'growth' });
  for (const tenant of [acme, globex]) directory.add(tenant, shard);

  const client = {
    call: async (endpoint: Endpoint): Promise<unknown> => {
      if (endpoint.id === getJsonWebKeySet.id) return { keys: [jwk] };
      if (endpoint.id === showBrand.id) {
        const tenant = await directory.tenantById(currentTenant().id);
        return tenant && brandFromDirectory(tenant);
      }
      return undefined;
    },
  } as unknown as ServiceClient;

  const secret = Buffer.alloc(32, 1).toString('base64');
  const environment = {
    HARKA_DIRECTORY_URL: 'postgres://nowhere/directory',
    HARKA_DATABASE_PASSWORDS: '{"harka_app":"a","harka_router":"r"}',
    HARKA_REDIS_URL: typeof options.redis === 'number' ? testRedisUrl(options.redis) : options.redis,
    HARKA_SERVICE_KEYS: JSON.stringify(serviceKeys),
    HARKA_MASTER_KEY: secret,
    HARKA_CSRF_SECRET: secret,
    HARKA_OPERATOR_TOKEN: 'the-operator-token-of-this-test',
    HARKA_WEB_DIR: '/nowhere',
    HARKA_DEMO: 'on',
    ...Object.fromEntries(
      ['TENANTS', 'AUTH', 'COURSES', 'MEDIA', 'INSIGHTS'].map((name) => [`HARKA_${name}_URL`, services]),
    ),
    ...options.environment,
  };
  const redis = new Redis(environment.HARKA_REDIS_URL, { maxRetriesPerRequest: 1, retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  if (typeof options.redis === 'number') await redis.flushdb();

  const server = fastify(edgeServerOptions);
  const broadcast = new FakeBroadcast();
  const metrics = new ServiceMetrics('gateway');
  const edge = new Edge({
    config: loadConfig(gatewayConfig, environment),
    platform: loadConfig(platformConfig, environment),
    server,
    redis,
    directory,
    broadcast,
    client,
    metrics,
    readiness: { missing: async () => [] },
    logger: createLogger({ service: 'gateway', level: 'silent' }),
    clock: new SystemClock(),
  });
  await edge.onModuleInit();
  await server.listen({ host: '127.0.0.1', port: 0 });

  const token: TestEdge['token'] = async (tenant, claims = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const { role = 'learner', sid = newId(), exp = now + 900 } = claims;
    const audience = tenant === 'operator' ? { aud: 'operator' } : { aud: tenant.id, role };
    return new SignJWT({ sub: newId(), sid, name: 'A learner', email: 'learner@acme.example', ...audience })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k1' })
      .setIssuer('harka')
      .setIssuedAt(now)
      .setExpirationTime(exp)
      .sign(signing.privateKey);
  };

  return {
    port: (server.server.address() as AddressInfo).port,
    ...{ redis, directory, broadcast, metrics, acme, globex, token },
    verifierOf: async (service) => ContextVerifier.of(service, serviceKeys),
    apiKey: (tenant) => {
      const prefix = tenant.slug.padEnd(12, 'x');
      const key = `hk_${prefix}_${SECRET}`;
      const hash = createHash('sha256').update(key).digest();
      const grant = { scopes: ['courses.read'], role: 'author', revoked: false, expiresAt: null } as const;
      directory.keys.set(prefix, { prefix, tenantId: tenant.id, hash, ...grant });
      return key;
    },
    stopUpstream: async () => upstream.close(),
    close: async () => {
      await server.close();
      await edge.onApplicationShutdown();
      await upstream.close();
      redis.disconnect();
    },
  };
}
