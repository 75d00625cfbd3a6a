import type { Provider, Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { TenantCache } from '#libs/cache';
import { FakeTenantCache } from '#libs/cache/testing';
import { EventLog, eventMigrations, PgEventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { TenantQueue } from '#libs/queue';
import { FakeTenantQueue } from '#libs/queue/testing';
import { ServiceClient } from '#libs/service';
import { TenantDatabase } from '#libs/sharding';
import { testShard, type TestShard } from '#libs/sharding/testing';
import { runInContext, UnitOfWork, type Actor, type TenantRef } from '#libs/tenancy';
import { aContext, aUser } from '#libs/tenancy/testing';
import type { CourseContent } from '#libs/contracts/courses';
import { coursesMigrations } from '../migrations/index.js';
import { coursesProviders } from '../src/courses.module.js';
import { ImportBundleCourse } from '../src/onboarding/import-bundle-course.use-case.js';

/** Other services are not there. */
class NoOtherService extends ServiceClient {
  override async call(): Promise<never> {
    throw new Error('No other service runs in this test.');
  }

  override async download(): Promise<never> {
    throw new Error('No other service runs in this test.');
  }
}

/** The whole service but for HTTP, on a shard of its own with two tenants. */
export interface TestAcademy {
  readonly shard: TestShard;
  readonly clock: FixedClock;
  readonly queue: FakeTenantQueue;
  readonly tenants: readonly [TenantRef, TenantRef];
  get<T>(type: abstract new (...args: never[]) => T): T;
  /** Runs work as that person (somebody new, if nobody is named) of the tenant, the first one by default. */
  as<R>(actor: Actor, work: () => Promise<R>, tenant?: TenantRef): Promise<R>;
  /** Rows of a statement in the tenant, for a test to look at. */
  rows<R extends object>(sql: string, values?: readonly unknown[], tenant?: TenantRef): Promise<R[]>;
  /** Publishes the content as a course. */
  published(content: CourseContent, tenant?: TenantRef): Promise<string>;
  /** The types of all events of the tenant, in order. */
  eventTypes(tenant?: TenantRef): Promise<string[]>;
  close(): Promise<void>;
}

export async function testAcademy(): Promise<TestAcademy> {
  const shard = await testShard({
    migrations: [...eventMigrations, ...coursesMigrations],
    tenants: 2,
    database: { limits: { perShard: 12, tenantShare: 1, waitMs: 20_000 } },
  });
  const clock = new FixedClock();
  const queue = new FakeTenantQueue();
  const [first, second] = shard.tenants;
  if (first === undefined || second === undefined) throw new Error('The shard has no tenants.');
  const platform: Provider[] = [
    { provide: Clock, useValue: clock },
    { provide: TenantDatabase, useValue: shard.database },
    { provide: UnitOfWork, useValue: shard.database },
    { provide: EventLog, useValue: new PgEventLog(shard.database, clock) },
    { provide: TenantCache, useValue: new FakeTenantCache() },
    { provide: TenantQueue, useValue: queue },
    { provide: ServiceClient, useClass: NoOtherService },
  ];
  const module: TestingModule = await Test.createTestingModule({
    providers: [...platform, ...coursesProviders],
  }).compile();

  const as: TestAcademy['as'] = (actor, work, tenant = first) =>
    runInContext(aContext({ tenant, actor }), work);
  const rows: TestAcademy['rows'] = (sql, values, tenant = first) =>
    shard.inTenant(tenant, () => shard.database.query(sql, values));
  return {
    shard,
    clock,
    queue,
    tenants: [first, second],
    get: (type) => module.get(type as Type),
    as,
    rows,
    published: async (content, tenant = first) => {
      const importCourse = module.get(ImportBundleCourse);
      const key = `course-${newId()}`;
      const { courseId } = await as(aUser(), () => importCourse.execute(key, content), tenant);
      return courseId;
    },
    eventTypes: async (tenant = first) =>
      (await rows<{ type: string }>('SELECT type FROM events.events ORDER BY position', [], tenant)).map(
        ({ type }) => type,
      ),
    close: async () => {
      await module.close();
      await shard.close();
    },
  };
}
