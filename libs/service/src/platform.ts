import { RedisTenantCache, type TenantCache } from '#libs/cache';
import { PlanEntitlements, type Entitlements } from '#libs/entitlements';
import { PgEventLog, ProjectionRunner, RedisOutboxHint, type EventLog } from '#libs/events';
import { SystemClock, type Clock } from '#libs/kernel';
import { createLogger, ServiceMetrics } from '#libs/metrics';
import { PgShardDirectory, PgTenantDatabase, RelayDatabase, type PoolStats } from '#libs/sharding';
import { ContextSigner, contextIfAny, ContextVerifier } from '#libs/tenancy';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RedisBroadcast } from './broadcast.js';
import type { PlatformConfig } from './platform.config.js';
import { personalErasure } from './personal-records.js';
import { Readiness } from './readiness.js';
import { HttpServiceClient } from './service-client.js';
import type { ServiceDefinition } from './service-definition.js';
import { serviceUrlsOf } from './service-urls.js';

/** What a service stands on: made before Nest, given to it, and let go of after it. */
export interface Platform {
  readonly config: PlatformConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: ServiceMetrics;
  readonly readiness: Readiness;
  readonly redis: Redis;
  readonly broadcast: RedisBroadcast;
  readonly verifier: ContextVerifier;
  readonly signer: ContextSigner;
  readonly client: HttpServiceClient;
  readonly directory: PgShardDirectory;
  readonly database: PgTenantDatabase;
  readonly events: EventLog;
  readonly entitlements: Entitlements;
  readonly cache: TenantCache;
  readonly relay: RelayDatabase;
  readonly projections: ProjectionRunner;
  close(): Promise<void>;
}

export async function createPlatform(
  { name, projections = [], personal }: ServiceDefinition,
  config: PlatformConfig,
): Promise<Platform> {
  const clock = new SystemClock();
  const logger = createLogger({ service: name, level: config.HARKA_LOG_LEVEL, place: placeOfLog });
  const warn = (what: string) => (error: unknown) => {
    logger.warn({ err: error }, what);
  };
  const metrics = new ServiceMetrics(name);
  const [signer, verifier] = await Promise.all([
    ContextSigner.of(name, config.HARKA_SERVICE_KEYS),
    ContextVerifier.of(name, config.HARKA_SERVICE_KEYS),
  ]);
  const redis = new Redis(config.HARKA_REDIS_URL, {
    connectionName: name,
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    commandTimeout: 5_000,
  });
  redis.on('error', warn('redis does not answer'));
  const broadcast = new RedisBroadcast(
    redisOptionsOf(config.HARKA_REDIS_URL),
    warn('a broadcast was not sent or heard'),
  );
  const passwords = config.HARKA_DATABASE_PASSWORDS;
  const directory = new PgShardDirectory({
    url: config.HARKA_DIRECTORY_URL,
    login: { user: 'harka_router', password: passwords.harka_router },
    onError: warn('the directory cannot be read'),
  });
  broadcast.subscribe('tenant.changed', () => {
    directory.hint();
  });
  const database = new PgTenantDatabase({
    directory,
    login: { user: 'harka_app', password: passwords.harka_app },
    limits: { perShard: config.HARKA_SHARD_CONNECTIONS },
    session: { applicationName: `harka-${name}` },
  });
  const relay = new RelayDatabase({
    directory,
    login: { user: 'harka_relay', password: passwords.harka_relay ?? '' },
    session: { applicationName: `harka-${name}-relay` },
  });
  const events = new PgEventLog(database, clock, new RedisOutboxHint(redis));
  const erasures = personal === undefined ? [] : [personalErasure(name, personal, events)];
  const runner = new ProjectionRunner({
    service: name,
    projections: [...projections, ...erasures],
    database,
    relay,
    directory,
    redis,
    logger,
    metrics,
  });
  observePools(metrics, () => database.poolStats());
  const client = new HttpServiceClient(serviceUrlsOf(config), signer);
  const readiness = new Readiness();
  readiness.require('redis', async () => redis.ping());
  readiness.require('directory', async () => directory.ask());

  return {
    config,
    clock,
    logger,
    metrics,
    readiness,
    redis,
    broadcast,
    verifier,
    signer,
    client,
    directory,
    database,
    events,
    entitlements: new PlanEntitlements(database),
    cache: new RedisTenantCache(redis, { metrics, failed: warn('the cache of tenants does not answer') }),
    relay,
    projections: runner,
    close: async () => {
      await runner.stop();
      await broadcast.close();
      await client.close();
      await relay.close();
      await database.close();
      await directory.close();
      redis.disconnect();
    },
  };
}

function observePools(metrics: ServiceMetrics, stats: () => PoolStats[]): void {
  metrics.gauge({
    name: 'shard_connections',
    help: 'Connections to a shard, and callers that wait for one',
    labels: ['shard', 'state'],
    collect: (gauge) => {
      gauge.reset();
      for (const { shard, open, idle, waiting } of stats()) {
        gauge.set({ shard, state: 'busy' }, open - idle);
        gauge.set({ shard, state: 'idle' }, idle);
        gauge.set({ shard, state: 'waiting' }, waiting);
      }
    },
  });
}

function placeOfLog() {
  const context = contextIfAny();
  return context && { tenant: context.tenant?.id, requestId: context.requestId };
}

/** The address of Redis in the form that @nestjs/microservices takes. */
function redisOptionsOf(address: string) {
  const { hostname, port, username, password, protocol, pathname } = new URL(address);
  return {
    host: hostname,
    port: port === '' ? 6379 : Number(port),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 ? { db: Number(pathname.slice(1)) } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
