import type { Tier } from '#libs/contracts';
import { withoutLogin, type Role } from '#libs/database';
import { actingAs, testDatabase, testServer, type TestDatabase } from '#libs/database/testing';
import { entitlementMigrations } from '#libs/entitlements';
import { eventMigrations } from '#libs/events';
import { SystemClock } from '#libs/kernel';
import { PgShardDirectory, ShardControl, shardBaseMigrations } from '#libs/sharding';
import { runInContext } from '#libs/tenancy';
import { aContext, aUser } from '#libs/tenancy/testing';
import { directoryMigrations } from '../migrations/index.js';
import { PgDirectory } from '../src/directory/directory.pg-repository.js';
import { PgDirectoryEvents } from '../src/directory/directory-events.pg-repository.js';
import { FakeTenantAnnouncer } from '../src/directory/tenant-announcer.fake-broadcast.js';
import { DomainEntity } from '../src/domain/domain.entity.js';
import { PgDomainRepository } from '../src/domain/domain.pg-repository.js';
import { OnboardingEntity } from '../src/onboarding/onboarding.entity.js';
import { PgPlacementRepository } from '../src/placement/placement.pg-repository.js';
import { PgShardGate } from '../src/placement/shard-gate.pg-repository.js';
import type { ShardGate } from '../src/placement/shard-gate.js';
import { BaseDomain } from '../src/tenant/base-domain.js';
import { ProvisionTenant } from '../src/tenant/provision-tenant.use-case.js';
import { TenantEntity } from '../src/tenant/tenant.entity.js';
import { PgTenantRepository } from '../src/tenant/tenant.pg-repository.js';

/** The test server's administrator, acting as a role. */
function loginAs(role: Role) {
  const { username, password } = new URL(testServer());
  return {
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    options: actingAs(role),
  };
}

/** A directory database and shards of it, all real. */
export class TestPlatform {
  readonly clock = new SystemClock();
  readonly announcer = new FakeTenantAnnouncer();
  readonly base = new BaseDomain('harka.example');

  private constructor(
    readonly database: TestDatabase,
    readonly shards: ReadonlyMap<string, TestDatabase>,
    readonly directory: PgDirectory,
    readonly router: PgShardDirectory,
    readonly control: ShardControl,
  ) {}

  /** With shards named `<tier>-1`, `<tier>-2`, … */
  static async create(counts: Readonly<Partial<Record<Tier, number>>> = { small: 1 }): Promise<TestPlatform> {
    const database = await testDatabase({ migrations: directoryMigrations });
    const directory = await connect(database);
    const shards = new Map<string, TestDatabase>();
    for (const [tier, count] of Object.entries(counts)) {
      for (let number = 1; number <= count; number += 1) {
        const shard = await testDatabase({
          migrations: [...shardBaseMigrations, ...eventMigrations, ...entitlementMigrations],
        });
        shards.set(`${tier}-${number}`, shard);
        await directory.query('INSERT INTO directory.shards (name, tier, url) VALUES ($1, $2, $3)', [
          `${tier}-${number}`,
          tier,
          withoutLogin(shard.url),
        ]);
      }
    }
    const router = new PgShardDirectory({ url: database.url, login: loginAs('harka_router') });
    const control = new ShardControl({ directory: router, login: loginAs('harka_control') });
    return new TestPlatform(database, shards, directory, router, control);
  }

  get gate(): ShardGate {
    return new PgShardGate(this.router, this.control);
  }

  provisioner(gate: ShardGate = this.gate): ProvisionTenant {
    return new ProvisionTenant(
      this.directory,
      new PgTenantRepository(this.directory),
      new PgDomainRepository(this.directory),
      new PgPlacementRepository(this.directory),
      gate,
      this.events,
      this.announcer,
      this.base,
      this.clock,
    );
  }

  get events(): PgDirectoryEvents {
    return new PgDirectoryEvents(this.directory, this.clock);
  }

  /** As an operator does it. */
  asOperator<R>(work: () => Promise<R>): Promise<R> {
    return runInContext(aContext({ tenant: null, actor: aUser({ kind: 'operator' }) }), work);
  }

  async close(): Promise<void> {
    await this.router.close();
    await this.control.close();
    await this.directory.onApplicationShutdown();
    await this.database.drop();
    for (const shard of this.shards.values()) await shard.drop();
  }
}

function connect({ controlUrl }: TestDatabase): Promise<PgDirectory> {
  return PgDirectory.connect(controlUrl, [TenantEntity, DomainEntity, OnboardingEntity]);
}
