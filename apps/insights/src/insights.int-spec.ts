import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEvent, type EventDefinition } from '#libs/contracts';
import {
  actingStarted,
  sessionStarted,
  userCreated,
  userDeactivated,
  userUpdated,
  type Person,
} from '#libs/contracts/auth';
import {
  enrolmentCompleted,
  enrolmentCreated,
  enrolmentWithdrawn,
  lessonCompleted,
} from '#libs/contracts/courses';
import { mediaDeleted, mediaStored } from '#libs/contracts/media';
import { digestOf, eventMigrations, PgEventLog, Projector, type Projection } from '#libs/events';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { testShard, type TestShard } from '#libs/sharding/testing';
import { runInContext, type Actor, type TenantRef } from '#libs/tenancy';
import { aContext, aTenant, aUser } from '#libs/tenancy/testing';
import { z } from 'zod';
import { insightsMigrations } from '../migrations/index.js';
import { PgAuditRepository } from './audit/audit.pg-repository.js';
import { audit } from './audit/audit.projection.js';
import { activity } from './dashboard/activity.projection.js';
import { PgDashboardRepository } from './dashboard/dashboard.pg-repository.js';
import { dashboard } from './dashboard/dashboard.projection.js';
import { activeSince } from './dashboard/tenant-dashboard.js';
import { PgGaugeRepository } from './gauge/gauge.pg-repository.js';

const secretTold = defineEvent('auth.test.told', z.strictObject({ apiKey: z.string(), name: z.string() }));
const projections = [dashboard, activity, audit];
const anonymousUser = (): Actor => ({ ...aUser(), kind: 'anonymous', id: null });

describe('the read models of insights', () => {
  let shard: TestShard;
  let events: PgEventLog;
  let projector: Projector;
  const clock = new FixedClock(Date.UTC(2026, 2, 31, 12));

  beforeAll(async () => {
    shard = await testShard({ migrations: [...eventMigrations, ...insightsMigrations], tenants: 0 });
    events = new PgEventLog(shard.database, clock);
    projector = new Projector({ database: shard.database, batch: 7 });
  });
  afterAll(() => shard.close());

  const within = <R>(tenant: TenantRef, work: () => Promise<R>) => shard.inTenant(tenant, work);

  async function project(tenant: TenantRef, ...only: readonly Projection[]): Promise<void> {
    for (const projection of only.length === 0 ? projections : only) {
      expect(await within(tenant, () => projector.catchUp(projection))).toBe('done');
    }
  }

  async function happen<P extends z.ZodType>(
    tenant: TenantRef,
    event: EventDefinition<P>,
    payload: z.input<P>,
    actor: Actor = anonymousUser(),
  ): Promise<void> {
    const context = aContext({ tenant, actor, ip: '192.0.2.1', userAgent: 'Browser' });
    await runInContext(context, () => events.append(event, newId(), payload));
  }

  function aPerson(overrides: Partial<Person> = {}): Person {
    return {
      ...{ userId: newId(), email: 'a@acme.example', name: 'A learner', role: 'learner', status: 'active' },
      ...{ department: null, team: null, managerId: null },
      ...overrides,
    };
  }

  const numbers = (tenant: TenantRef) =>
    within(tenant, () => new PgDashboardRepository(shard.database).numbers(activeSince(clock.now())));

  const list = (tenant: TenantRef, filter: Parameters<PgAuditRepository['list']>[0] = {}, limit = 50) =>
    within(tenant, () => new PgAuditRepository(shard.database).list(filter, limit, null));

  /** A term at an academy: people come, learn, finish, leave; files come and go. */
  async function liveThrough(tenant: TenantRef): Promise<Person[]> {
    const people = Array.from({ length: 6 }, (_, n) =>
      aPerson({ name: `Learner ${n}`, email: `l${n}@acme.example` }),
    );
    const [courseA, courseB] = [newId(), newId()];
    for (const [n, person] of people.entries()) {
      await happen(tenant, userCreated, person);
      const learner = { enrolmentId: newId(), courseId: n % 2 ? courseA : courseB, userId: person.userId };
      await happen(tenant, enrolmentCreated, {
        ...learner,
        progress: 0,
        version: 1,
        source: 'self',
        dueAt: null,
      });
      const lesson = { ...learner, lessonId: newId(), lessonsTotal: 4 };
      await happen(
        tenant,
        lessonCompleted,
        { ...lesson, progress: 0.25, lessonsCompleted: 1 },
        aUser({ id: person.userId }),
      );
      if (n < 3) {
        await happen(tenant, lessonCompleted, { ...lesson, progress: 1, lessonsCompleted: 4 });
        await happen(tenant, enrolmentCompleted, { ...learner, progress: 1, version: 1 });
      }
      if (n === 5) await happen(tenant, enrolmentWithdrawn, { ...learner, progress: 0.25 });
    }
    const [first, second] = people;
    if (first === undefined || second === undefined) throw new Error('People are needed.');
    await happen(tenant, userDeactivated, { ...first, status: 'deactivated' });
    await happen(tenant, userUpdated, { ...second, name: 'Renamed' });
    const file = { mediaId: newId(), name: 'a.png' };
    await happen(tenant, mediaStored, { ...file, bytes: 700, contentType: 'image/png', sha256: '0' });
    await happen(tenant, mediaStored, {
      ...file,
      mediaId: newId(),
      bytes: 50,
      contentType: 'image/png',
      sha256: '1',
    });
    await happen(tenant, mediaDeleted, { ...file, bytes: 700 });
    await happen(tenant, actingStarted, {
      ...{ sessionId: newId(), userId: first.userId, reason: 'Cannot open a course.' },
      ...{ operatorId: newId(), operatorName: 'An operator', expiresAt: '2026-03-31T12:30:00.000Z' },
    });
    return people;
  }

  it('count what a recount of the events counts', async () => {
    const [tenant, other] = [await shard.admit(), await shard.admit()];
    await liveThrough(tenant);
    await happen(other, userCreated, aPerson());
    await project(tenant);
    await project(other);
    expect(await numbers(tenant)).toEqual({
      totalUsers: 5,
      activeUsers: 5,
      enrolments: 5,
      coursesCompleted: 3,
      progress: 3.5,
      storageBytes: 50,
    });
    expect(await numbers(other)).toMatchObject({ totalUsers: 1, activeUsers: 0, storageBytes: 0 });
  });

  it('count a person as active who signed in, until thirty days have gone by', async () => {
    const tenant = await shard.admit();
    const person = aPerson();
    await happen(tenant, userCreated, person);
    await happen(tenant, sessionStarted, { sessionId: newId(), userId: person.userId, method: 'password' });
    await project(tenant);
    expect((await numbers(tenant)).activeUsers).toBe(1);
    const later = (days: number) =>
      within(tenant, () =>
        new PgDashboardRepository(shard.database).numbers(
          activeSince(new Date(clock.now().getTime() + days * 864e5)),
        ),
      );
    expect((await later(29)).activeUsers).toBe(1);
    expect((await later(30)).activeUsers).toBe(0);
  });

  it('do not count a completion twice when it is told twice, nor lose it when the learner withdraws', async () => {
    const tenant = await shard.admit();
    const learner = { enrolmentId: newId(), courseId: newId(), userId: newId() };
    await happen(tenant, enrolmentCreated, {
      ...learner,
      progress: 0,
      version: 1,
      source: 'assigned',
      dueAt: null,
    });
    await happen(tenant, enrolmentCompleted, { ...learner, progress: 1, version: 1 });
    await happen(tenant, enrolmentCompleted, { ...learner, progress: 1, version: 1 });
    await happen(tenant, enrolmentWithdrawn, { ...learner, progress: 1 });
    await project(tenant, dashboard);
    expect(await numbers(tenant)).toMatchObject({ enrolments: 0, coursesCompleted: 1, progress: 0 });
    await happen(tenant, enrolmentCreated, {
      ...learner,
      progress: 1,
      version: 1,
      source: 'self',
      dueAt: null,
    });
    await project(tenant, dashboard);
    expect(await numbers(tenant)).toMatchObject({ enrolments: 1, coursesCompleted: 1, progress: 1 });
  });

  it('can be dropped and replayed to an equal digest while new events arrive', async () => {
    const tenant = await shard.admit();
    await liveThrough(tenant);
    await project(tenant);
    for (const projection of projections) {
      const digest = () => within(tenant, () => digestOf(projection, shard.database));
      const before = await digest();
      expect(before.every(({ rows }) => rows > 0)).toBe(true);
      for (const table of projection.tables) {
        await within(tenant, () => shard.database.query(`DELETE FROM ${table}`));
      }
      expect((await digest()).every(({ rows }) => rows === 0)).toBe(true);
      await within(tenant, () => projector.orderReplay(projection.name));
      await project(tenant, projection);
      expect(await digest()).toEqual(before);
    }

    const [live, replayed] = [await numbers(tenant), projector.orderReplay.bind(projector)];
    await Promise.all([
      within(tenant, () => replayed(dashboard.name)).then(() => project(tenant, dashboard)),
      happen(tenant, userCreated, aPerson()),
    ]);
    await project(tenant);
    expect(await numbers(tenant)).toEqual({ ...live, totalUsers: live.totalUsers + 1 });
  });

  it('audit who did what from where, with today’s name and without secrets', async () => {
    const tenant = await shard.admit();
    const person = aPerson({ name: 'Today’s name' });
    await happen(tenant, userCreated, { ...person, name: 'Yesterday’s name' });
    await happen(tenant, secretTold, { apiKey: 'hk_live_1', name: 'CI' }, aUser({ id: person.userId }));
    await happen(tenant, userUpdated, person);
    await project(tenant);
    const [, told, created] = await list(tenant);
    expect(told).toMatchObject({
      position: 2,
      type: 'auth.test.told',
      actor: { kind: 'user', id: person.userId, name: 'Today’s name', email: 'a@acme.example' },
      ...{ ip: '192.0.2.1', userAgent: 'Browser' },
      occurredAt: clock.now().toISOString(),
      details: { apiKey: '[masked]', name: 'CI' },
    });
    expect(created?.actor).toEqual({ kind: 'anonymous', id: null, name: null, email: null, by: null });
  });

  it('put a sign-in down to who signed in', async () => {
    const tenant = await shard.admit();
    const person = aPerson();
    await happen(tenant, sessionStarted, { sessionId: newId(), userId: person.userId, method: 'password' });
    await project(tenant, audit);
    expect(await list(tenant, { actor: person.userId })).toHaveLength(1);
  });

  it('filter the audit by type, beginning of a type, actor, subject and time', async () => {
    const tenant = await shard.admit();
    const people = await liveThrough(tenant);
    await project(tenant, audit);
    const all = await list(tenant);
    const types = async (filter: Parameters<typeof list>[1]) =>
      new Set((await list(tenant, filter)).map(({ type }) => type));
    expect(await types({ type: 'auth.' })).toEqual(
      new Set(['auth.acting.started', 'auth.user.created', 'auth.user.deactivated', 'auth.user.updated']),
    );
    expect(await types({ type: 'auth.user' })).toEqual(new Set());
    expect(await types({ type: 'media.object.stored' })).toEqual(new Set(['media.object.stored']));
    expect(await list(tenant, { actor: people[0]?.userId })).toHaveLength(1);
    expect(await list(tenant, { subject: all[3]?.subject })).toEqual([all[3]]);
    const now = clock.now().toISOString();
    expect(await list(tenant, { from: now })).toHaveLength(all.length);
    expect(await list(tenant, { to: now })).toHaveLength(0);
    expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => all.length - index));
  });

  it('measure each tenant, and show the numbers of all of them to the metrics', async () => {
    const [starter, enterprise] = [
      await shard.admit(aTenant({ plan: 'starter' })),
      await shard.admit(aTenant({ plan: 'enterprise' })),
    ];
    const gauges = new PgGaugeRepository(shard.database, shard.relay);
    for (const tenant of [starter, enterprise]) {
      await liveThrough(tenant);
      await project(tenant);
      await within(tenant, () => gauges.measure(activeSince(clock.now()), '2026-03-31'));
    }
    const { largest, totals } = await gauges.read(100);
    const shown = { activeUsers: 5, storageBytes: 50 };
    expect(largest).toContainEqual({ tenantId: starter.id, plan: 'starter', ...shown });
    expect(totals).toContainEqual({ plan: 'enterprise', ...shown });
    expect(await gauges.outdated('2026-03-31')).toEqual([]);
    expect(new Set(await gauges.outdated('2026-04-01'))).toEqual(new Set([starter.id, enterprise.id]));
    await expect(shard.relay.query('test', 'SELECT * FROM insights.people')).rejects.toThrow(
      'permission denied',
    );
  });
});
