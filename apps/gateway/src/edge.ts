import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { getJsonWebKeySet, recordApiKeyUse } from '#libs/contracts/auth';
import { showBrand } from '#libs/contracts/tenants';
import { newId, type Clock } from '#libs/kernel';
import { ApiUsageRecorder, TenantRequests, type ServiceMetrics } from '#libs/metrics';
import {
  serviceUrlsOf,
  type Broadcast,
  type PlatformConfig,
  type Readiness,
  type ServiceClient,
  type ServiceLogger,
} from '#libs/service';
import type { ShardDirectory } from '#libs/sharding';
import { anonymous, ContextSigner, runAsService, runInContext } from '#libs/tenancy';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import { Admission } from './edge/admission.js';
import { ApiDoor } from './edge/api-door.js';
import type { ArrivalReader } from './edge/arrival.js';
import { ClientAddress } from './edge/client-address.js';
import { DirectoryTenants } from './edge/directory-tenants.js';
import { edgePlugin } from './edge/edge-routes.js';
import { HostReader } from './edge/host.js';
import { Tracer, type Trace } from './edge/trace.js';
import { Forwarder } from './forward/forwarder.js';
import type { GatewayConfig } from './gateway.config.js';
import { AccessTokens } from './identity/access-tokens.js';
import { ApiKeyUses, type ApiKeyUse } from './identity/api-key-uses.js';
import { ApiKeys } from './identity/api-keys.js';
import { Authenticator } from './identity/authenticator.js';
import { ContextTokens } from './identity/context-tokens.js';
import { CsrfTokens } from './identity/csrf.js';
import { KeySet } from './identity/key-set.js';
import { OperatorToken } from './identity/operator-token.js';
import { Revocations } from './identity/revocations.js';
import { RedisBudgetStore } from './limit/redis-budget-store.js';
import { RequestLimits } from './limit/request-limits.js';
import { WindowLimiter } from './limit/window-limiter.js';
import { ApiDescription } from './openapi/api-description.js';
import { TenantTraffic } from './usage/tenant-traffic.js';
import { Brands } from './web/brands.js';
import { PageDoor } from './web/page-door.js';
import { bareTemplate, PageTemplate } from './web/page-template.js';
import { readSite } from './web/site-files.js';

/** What the edge is made of. */
export interface EdgeParts {
  readonly config: GatewayConfig;
  readonly platform: PlatformConfig;
  readonly server: FastifyInstance;
  readonly redis: Redis;
  readonly directory: ShardDirectory;
  readonly broadcast: Broadcast;
  readonly client: ServiceClient;
  readonly metrics: ServiceMetrics;
  readonly readiness: Pick<Readiness, 'missing'>;
  readonly logger: ServiceLogger;
  readonly clock: Clock;
}

const REVOCATIONS_EVERY = 2_000;
const USAGE_EVERY = 1_000;
const KEY_USES_EVERY = 30_000;
const LABELS_EVERY = 60_000;
const SHOWN_TENANTS = 24;

/** The public door, put together: the only place that knows all of its parts. */
export class Edge implements OnModuleInit, OnApplicationShutdown {
  private readonly usage: ApiUsageRecorder;
  private readonly requests: TenantRequests;
  private readonly keyUses: ApiKeyUses;
  private readonly forwarder: Forwarder;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly parts: EdgeParts) {
    const { config, platform, redis, metrics } = parts;
    this.usage = new ApiUsageRecorder(redis);
    this.requests = new TenantRequests(metrics);
    this.keyUses = new ApiKeyUses(async (tenantId, uses) => this.reportKeyUses(tenantId, uses));
    this.forwarder = new Forwarder(serviceUrlsOf(platform), {
      timeoutMilliseconds: config.HARKA_GATEWAY_TIMEOUT_SECONDS * 1_000,
    });
  }

  async onModuleInit(): Promise<void> {
    const { config, platform, readiness, server } = this.parts;
    const tracer = new Tracer();
    const arrivals = {
      tracer,
      hosts: new HostReader(platform.HARKA_BASE_DOMAIN),
      clients: new ClientAddress(config.HARKA_TRUSTED_PROXIES),
    };
    const tenants = new DirectoryTenants(this.parts.directory);
    const csrf = new CsrfTokens(config.HARKA_CSRF_SECRET);
    const description = new ApiDescription();
    const pages = await this.buildPages(arrivals, tenants, description);
    const api = new ApiDoor({
      arrivals,
      admission: new Admission({
        tenants,
        csrf,
        authenticator: this.buildAuthenticator(),
        limits: this.buildLimits(),
      }),
      contexts: new ContextTokens(await ContextSigner.of('gateway', platform.HARKA_SERVICE_KEYS)),
      forwarder: this.forwarder,
      traffic: new TenantTraffic({
        concurrency: config.HARKA_TENANT_CONCURRENCY,
        answered: (tenantId, endpoint, status) => {
          this.requests.count(tenantId, endpoint, status);
        },
      }),
      used: (tenantId) => {
        this.usage.count(tenantId, this.parts.clock.now());
      },
      failed: this.logFailure,
    });
    await server.register(edgePlugin({ api, pages, description, csrf, readiness, tracer }));
    this.timers.push(
      setInterval(() => void this.usage.flush(), USAGE_EVERY),
      setInterval(() => void this.keyUses.flush(), KEY_USES_EVERY),
      setInterval(() => {
        this.requests.turn();
      }, LABELS_EVERY),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all([this.usage.flush(), this.keyUses.flush()]);
    await this.forwarder.close();
  }

  private buildAuthenticator(): Authenticator {
    const { config, redis, directory, broadcast, client, clock, logger } = this.parts;
    const keys = new KeySet(async () => asGateway(async () => client.call(getJsonWebKeySet)));
    const revocations = new Revocations({
      store: redis,
      storeFailed: (error) => {
        logger.warn({ err: error }, 'ended sessions cannot be asked for');
      },
    });
    this.timers.push(setInterval(() => void revocations.look(), REVOCATIONS_EVERY));
    const tokens = new AccessTokens({ keys, revocations });
    const apiKeys = new ApiKeys({
      directory,
      used: ({ tenantId, prefix }) => {
        this.keyUses.note(tenantId, prefix, clock.now());
      },
    });
    broadcast.subscribe('session.revoked', ({ sessionId }) => {
      revocations.hear(sessionId);
      tokens.forgetSession(sessionId);
    });
    broadcast.subscribe('api_key.revoked', ({ prefix }) => {
      apiKeys.hearRevoked(prefix);
    });
    broadcast.subscribe('signing_key.rotated', () => {
      tokens.forgetAll();
      keys.refresh().catch((error: unknown) => {
        logger.warn({ err: error }, 'rotated signing keys cannot be read');
      });
    });
    return new Authenticator({
      tokens,
      apiKeys,
      operatorToken: new OperatorToken(config.HARKA_OPERATOR_TOKEN),
    });
  }

  private buildLimits(): RequestLimits {
    const { config, redis, logger } = this.parts;
    const limiter = new WindowLimiter({
      store: new RedisBudgetStore(redis),
      replicas: config.HARKA_GATEWAY_REPLICAS,
      storeFailed: (error) => {
        logger.warn({ err: error }, 'limits are kept by this replica alone');
      },
    });
    return new RequestLimits({
      limiter,
      visitorRequests: config.HARKA_VISITOR_REQUESTS,
      guesses: config.HARKA_SIGN_IN_ATTEMPTS,
    });
  }

  private async buildPages(
    arrivals: ArrivalReader,
    tenants: DirectoryTenants,
    description: ApiDescription,
  ): Promise<PageDoor> {
    const { config, platform, directory, client, logger } = this.parts;
    const { files, index } = await readSite(config.HARKA_WEB_DIR);
    if (index === null) logger.warn({ folder: config.HARKA_WEB_DIR }, 'there is no web app to serve');
    const brands = new Brands({
      load: async (tenant) => runAsService(tenant, 'gateway', async () => client.call(showBrand)),
    });
    directory.onChange((tenantId) => {
      brands.forget(tenantId);
    });
    const shown = async () => {
      const active = (await directory.tenants()).filter(({ status }) => status === 'active');
      return active.sort((a, b) => a.slug.localeCompare(b.slug)).slice(0, SHOWN_TENANTS);
    };
    return new PageDoor({
      arrivals,
      tenants,
      brands,
      description,
      files,
      template: new PageTemplate(index ?? bareTemplate),
      baseDomain: platform.HARKA_BASE_DOMAIN,
      demoTenants: platform.HARKA_DEMO ? shown : null,
      failed: this.logFailure,
    });
  }

  private async reportKeyUses(tenantId: string, uses: readonly ApiKeyUse[]): Promise<void> {
    const { directory, client } = this.parts;
    const tenant = await directory.tenantById(tenantId);
    if (tenant === null) return;
    await runAsService(tenant, 'gateway', async () =>
      client.call(recordApiKeyUse, { body: { uses: [...uses] } }),
    );
  }

  private readonly logFailure = (error: unknown, { requestId }: Trace): void => {
    this.parts.logger.error({ err: error, requestId }, 'request failed');
  };
}

/** Runs a call of the platform itself, for no tenant in particular. */
async function asGateway<R>(work: () => Promise<R>): Promise<R> {
  const actor = { ...anonymous, kind: 'service', id: 'gateway', name: 'gateway' } as const;
  return runInContext(
    { tenant: null, actor, requestId: newId(), traceparent: null, ip: null, userAgent: null },
    work,
  );
}
