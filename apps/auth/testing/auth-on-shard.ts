import { Global, Module, type Provider } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { TenantCache } from '#libs/cache';
import { FakeTenantCache } from '#libs/cache/testing';
import { processEnvironment } from '#libs/config';
import { testRedisUrl } from '#libs/config/testing';
import { permissionsOfRole, type Role } from '#libs/contracts';
import { testDatabase } from '#libs/database/testing';
import { Entitlements, entitlementMigrations, PlanEntitlements } from '#libs/entitlements';
import { EventLog, eventMigrations, PgEventLog, Projector } from '#libs/events';
import { Clock } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { ServiceMetrics } from '#libs/metrics';
import { TenantQueue } from '#libs/queue';
import { FakeTenantQueue } from '#libs/queue/testing';
import { Broadcast, PlatformConfig, Readiness, ServiceClient, ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { testShard, type TestShard } from '#libs/sharding/testing';
import {
  anonymous,
  runInContext,
  UnitOfWork,
  type Actor,
  type RequestContext,
  type TenantRef,
} from '#libs/tenancy';
import { aContext } from '#libs/tenancy/testing';
import { Redis } from 'ioredis';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directoryMigrations, shardMigrations } from '../migrations/index.js';
import { adapters } from '../src/auth.adapters.js';
import { authConfig } from '../src/auth.config.js';
import { useCases } from '../src/auth.use-cases.js';
import { DirectoryDatabase } from '../src/directory/directory.database.js';
import { FakeMailer } from '../src/mail/mailer.fake-mailer.js';
import { Mailer } from '../src/mail/mailer.js';
import { BcryptPasswordHasher } from '../src/password/password-hasher.bcrypt.js';
import { PasswordHasher } from '../src/password/password-hasher.js';
import { ConnectionCareRunner } from '../src/connection-care/connection-care.runner.js';
import { LdapSyncRunner } from '../src/ldap-sync/ldap-sync.runner.js';
import { NotificationRunner } from '../src/notification/notification.runner.js';
import { AuthReactions } from '../src/reaction/auth-reactions.js';
import { ReactionRunner } from '../src/reaction/reaction.runner.js';
import type { User } from '../src/user/user.js';
import { FakeBroadcast } from './fake-broadcast.js';
import { silentLogger } from './silent-logger.js';

/** The part of the directory that auth writes to; its owner is the tenants service. */
class CreateApiKeyRoutes1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE directory.api_keys (
         prefix text PRIMARY KEY, tenant_id uuid NOT NULL, hash bytea NOT NULL, scopes text[] NOT NULL DEFAULT '{}',
         role text NOT NULL, revoked_at timestamptz, expires_at timestamptz)`,
    );
    await runner.query('GRANT USAGE ON SCHEMA directory TO harka_auth');
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON directory.api_keys TO harka_auth');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA directory CASCADE');
  }
}

class NoOtherService extends ServiceClient {
  override async call(): Promise<never> {
    throw new Error('No other service runs in this test.');
  }

  override async download(): Promise<never> {
    throw new Error('No other service runs in this test.');
  }
}

/** The whole of auth over a real shard, directory and Redis; only mail, queue, clock and the cost of hashes are not. */
export interface AuthOnShard {
  readonly shard: TestShard;
  readonly clock: FixedClock;
  readonly queue: FakeTenantQueue;
  readonly mailer: FakeMailer;
  readonly broadcast: FakeBroadcast;
  readonly redis: Redis;
  readonly directory: DirectoryDatabase;
  get<T>(type: abstract new (...args: never[]) => T): T;
  /** Runs work in a request of somebody, or of nobody. */
  as<R>(tenant: TenantRef | null, actor: Partial<Actor>, work: () => R, context?: Partial<RequestContext>): R;
  /** Reacts to all events of a tenant that it has not reacted to. */
  react(tenant: TenantRef): Promise<void>;
  close(): Promise<void>;
}

export interface AuthOnShardOptions {
  readonly tenants?: number;
  /** Hashes are as dear as in production. */
  readonly dearHashes?: true;
  readonly demo?: true;
  /** Settings of auth that differ. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function authOnShard(options: AuthOnShardOptions = {}): Promise<AuthOnShard> {
  const migrations = [...eventMigrations, ...entitlementMigrations, ...shardMigrations];
  const shard = await testShard({ migrations, tenants: options.tenants ?? 2 });
  const control = await testDatabase({
    migrations: [...directoryMigrations, CreateApiKeyRoutes1763700000000],
  });
  const redis = new Redis(redisUrl(), { maxRetriesPerRequest: 1 });
  const directory = new DirectoryDatabase({ url: control.authUrl, failed: () => undefined });
  const [clock, queue, mailer, broadcast] = [
    new FixedClock(Date.now()),
    new FakeTenantQueue(),
    new FakeMailer(),
    new FakeBroadcast(),
  ];
  const providers: Provider[] = [
    { provide: PlatformConfig, useValue: platform(options) },
    { provide: Clock, useValue: clock },
    { provide: ServiceLogger, useValue: silentLogger },
    { provide: ServiceMetrics, useValue: new ServiceMetrics('auth') },
    { provide: Readiness, useValue: new Readiness() },
    { provide: Redis, useValue: redis },
    { provide: Broadcast, useValue: broadcast },
    { provide: ShardDirectory, useValue: shard.directory },
    { provide: TenantDatabase, useValue: shard.database },
    { provide: UnitOfWork, useValue: shard.database },
    { provide: RelayDatabase, useValue: shard.relay },
    { provide: EventLog, useValue: new PgEventLog(shard.database, clock) },
    { provide: Entitlements, useValue: new PlanEntitlements(shard.database) },
    { provide: TenantQueue, useValue: queue },
    { provide: TenantCache, useValue: new FakeTenantCache() },
    { provide: ServiceClient, useClass: NoOtherService },
  ];

  @Global()
  @Module({ providers, exports: providers })
  class TestPlatform {}

  const testing = Test.createTestingModule({
    imports: [TestPlatform],
    providers: [...useCases, ...adapters(authConfig.parse(options.settings ?? {}))],
  })
    .overrideProvider(DirectoryDatabase)
    .useValue(directory)
    .overrideProvider(Mailer)
    .useValue(mailer);
  if (options.dearHashes === undefined) {
    const cheap = new BcryptPasswordHasher({ cost: 4, concurrent: 4, waiting: 1_000, realmShare: 1 });
    testing.overrideProvider(PasswordHasher).useValue(cheap);
  }
  // Reacting is done by hand, so that a test knows when.
  testing.overrideProvider(ReactionRunner).useValue({});
  testing.overrideProvider(NotificationRunner).useValue({});
  testing.overrideProvider(ConnectionCareRunner).useValue({});
  testing.overrideProvider(LdapSyncRunner).useValue({});
  const module: TestingModule = await testing.compile();
  await module.init();
  return {
    ...{ shard, clock, queue, mailer, broadcast, redis, directory },
    get: (type) => module.get(type as never),
    as: (tenant, actor, work, context = {}) =>
      runInContext(aContext({ ...context, tenant, actor: { ...anonymous, ...actor } }), work),
    react: async (tenant) => {
      const { projection } = module.get(AuthReactions);
      await shard.inTenant(tenant, () => new Projector({ database: shard.database }).catchUp(projection));
    },
    close: async () => {
      await module.close();
      await directory.close().catch(() => undefined);
      redis.disconnect();
      await shard.close();
      await control.drop();
    },
  };
}

/** The actor that a user is at the gateway. */
export function actorOf(
  user: Pick<User, 'id' | 'name' | 'email' | 'role'>,
  sessionId: string | null = null,
): Actor {
  const { id, name, email, role } = user;
  return { kind: 'user', id, name, email, role, sessionId, permissions: permissionsOfRole(role) };
}

/** Somebody of that role whom no table knows: the actor of a request that is not about himself. */
export function anActor(role: Role, id = '0198f0c1-2f5e-7abc-8def-0123456789ab'): Actor {
  return actorOf({ id, role, name: `An ${role}`, email: `${role}@acme.example` });
}

function platform({ demo }: AuthOnShardOptions) {
  return {
    HARKA_BASE_DOMAIN: 'harka.test',
    HARKA_DATA_DIR: '',
    HARKA_MASTER_KEY: Buffer.alloc(32, 5),
    HARKA_DEMO: demo === true,
  };
}

/** One database for each worker, whose files run one after another: some of them take keys away. */
function redisUrl(): string {
  return testRedisUrl(Number(processEnvironment()['JEST_WORKER_ID'] ?? 1));
}
