import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problem, type Page } from '#libs/contracts';
import type { User } from '#libs/contracts/auth';
import type { ProjectionOverview } from '#libs/contracts/insights';
import type { Onboarding, OperatorTenant } from '#libs/contracts/tenants';
import pg from 'pg';
import { acceptInvitation, anAcademy, beginOnboarding, type Academy } from '../support/academy.js';
import { operatorSite, Site, testPlatform } from '../support/platform.js';
import { Stage } from '../support/stage.js';
import { AcademyWriters, isOutage } from './academy-writers.js';
import { Ledger } from './invariants.js';

const SLUG = 'steadfast';
const LEARNERS = ['first@acme.example', 'second@acme.example'];
/** How long what should be soon may take where the machine is busy. */
const PATIENCE = 60_000;

let stage: Stage;
let academy: Academy;
let learners: Site[];
let tenant: OperatorTenant;

beforeAll(async () => {
  stage = await Stage.open();
  academy = await anAcademy(SLUG);
  learners = [];
  for (const email of LEARNERS) {
    await academy.owner.send('POST', '/api/v1/users', { email, name: 'Learner', role: 'learner' });
    learners.push(await acceptInvitation(SLUG, email));
  }
  tenant = await operatorSite().get<OperatorTenant>(`/api/v1/operator/tenants/${SLUG}`);
}, 240_000);

afterAll(async () => {
  await stage.close();
}, 120_000);

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`Not within ${PATIENCE / 1000} s: ${what}.`);
    await delay(100);
  }
}

/** Also where there is a fault, which is looked at in the end. */
const isGoingOn = (writers: AcademyWriters, count: number) =>
  writers.count > count || writers.faults.length > 0;

const readiness = async () => new Site('').call({ path: '/readyz' });
const isReady = async () => (await readiness()).status === 200;

describe('what was acknowledged', () => {
  it('is there after any process was killed at any moment, and nothing is half done', async () => {
    const { items } = await academy.owner.get<Page<User>>('/api/v1/users?limit=100');
    const people = items.filter(({ status }) => status !== 'deactivated').map(({ id }) => id);
    const writers = new AcademyWriters(academy.owner, learners, people);
    writers.begin();
    const kill = {
      services: async () => {
        await stage.kill('services');
        await stage.start('services');
      },
      redis: async () => {
        await stage.kill('redis');
        await stage.start('redis');
      },
      postgres: async () => {
        await stage.kill('postgres');
        await stage.start('postgres');
      },
      backend: killBackend,
    };
    for (const victim of ['services', 'backend', 'services', 'redis', 'postgres', 'services'] as const) {
      const before = writers.count;
      await eventually(`writes go on before ${victim} is killed`, async () => isGoingOn(writers, before + 5));
      // Somewhere in the middle of whatever is under way then.
      await delay(Math.random() * 400);
      await kill[victim]();
    }
    const before = writers.count;
    await eventually('writes go on after all', async () => isGoingOn(writers, before + 20));
    await eventually('it is ready again', isReady);
    await writers.end();

    expect(writers.faults).toEqual([]);
    const ledger = await Ledger.open(urlOf(tenant.shard), tenant.id);
    await expectAllThere(ledger, writers);
    expect(await ledger.halfDone()).toEqual({});
    await caughtUp();
    const kept = await ledger.digests();
    await replayAll();
    expect(await ledger.digests()).toEqual(kept);
    await ledger.close();
  }, 240_000);

  it('includes an onboarding: killed between any two steps, it goes on to its end', async () => {
    const slug = 'brought-in';
    const { id } = await beginOnboarding(slug, 'globex');
    const directory = new pg.Client({ connectionString: testPlatform().directoryUrl });
    directory.on('error', () => undefined);
    await directory.connect();
    const seen = new Set<string>();
    for (let kills = 0; kills < 3; kills += 1) {
      await delay(200 + Math.random() * 500);
      const [row] = await onboardingRow(directory, id);
      seen.add(`${row?.state ?? ''} ${row?.step ?? ''}`);
      await stage.kill('services');
      // Whoever was at it is dead; nobody has to wait out his lease for this test.
      await directory.query('UPDATE directory.onboardings SET lease_until = now() WHERE id = $1', [id]);
      await stage.start('services');
    }
    await directory.end();
    let state: Onboarding | undefined;
    await eventually('the onboarding is over', async () => {
      state = await operatorSite().get<Onboarding>(`/api/v1/operator/onboardings/${id}`);
      return state.state !== 'running';
    });
    expect({ seen: seen.size > 0, state: state?.state, failure: state?.failure }).toEqual({
      seen: true,
      state: 'done',
      failure: null,
    });
    expect(state?.verification).toMatchObject({ matches: true, differences: [] });
    const ours = await operatorSite().get<OperatorTenant>(`/api/v1/operator/tenants/${slug}`);
    const ledger = await Ledger.open(urlOf(ours.shard), ours.id);
    expect(await ledger.halfDone()).toEqual({});
    const [users] = await ledger.rows<{ users: number }>(
      'SELECT count(*)::integer AS users FROM auth.users WHERE tenant_id = $1',
    );
    expect(users?.users).toBe(ours.size);
    await ledger.close();
  }, 240_000);
});

describe('while a server is away', () => {
  it('Redis: everybody goes on reading and learning, and readiness names it', async () => {
    const pid = await stage.pid('services');
    const learner = learners[0] ?? academy.owner;
    await stage.stop('redis');
    await eventually('readiness notices', async () => (await readiness()).status === 503);
    expectNames(await readiness(), ['redis']);
    for (const path of [
      '/api/v1/me/courses',
      '/api/v1/catalogue',
      '/api/v1/tenant',
      '/api/v1/me/certificates',
    ]) {
      const { status } = await learner.call({ path });
      expect({ path, status }).toEqual({ path, status: 200 });
    }
    // More than the gateway has in hand of what Redis granted before.
    const many = await Promise.all(
      Array.from({ length: 400 }, async () => (await learner.call({ path: '/api/v1/me/courses' })).status),
    );
    expect(many.filter((status) => status !== 200)).toEqual([]);
    const signIn = await new Site(SLUG).call({
      method: 'POST',
      path: '/api/v1/auth/login',
      body: { email: academy.ownerEmail, password: academy.password },
    });
    expect(signIn.status).toBe(200);
    const page = await new Site(SLUG).call({ path: '/', headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    // What needs Redis says so and is not an accident; what does not is done.
    const created = await academy.owner.call({
      method: 'POST',
      path: '/api/v1/courses',
      body: { title: 'Written while Redis was away', language: 'en' },
    });
    expect({ done: created.status === 201 || isOutage(created), was: created.status }).toMatchObject({
      done: true,
    });
    await stage.start('redis');
    await eventually('it recovers by itself', isReady);
    expect(await stage.pid('services')).toBe(pid);
    await caughtUp();
  }, 180_000);

  it('Postgres: requests are told when to come back, and readiness names it in words that tell a stranger nothing', async () => {
    const pid = await stage.pid('services');
    const learner = learners[0] ?? academy.owner;
    await stage.stop('postgres');
    await eventually('readiness notices', async () => (await readiness()).status === 503);
    const told = await readiness();
    expectNames(told, ['directory', 'directory writer']);
    expect(told.text).not.toMatch(/postgres|harka_|127\.0\.0\.1|localhost|:\d{4}|password|ECONN/i);
    const calls = [
      { path: '/api/v1/me/courses' },
      { path: '/api/v1/catalogue' },
      { path: '/api/v1/users' },
      { path: '/api/v1/audit' },
      { method: 'POST' as const, path: '/api/v1/courses', body: { title: 'Lost?', language: 'en' } },
    ];
    for (const call of calls) {
      const answer = await academy.owner.call(call);
      expect({ path: call.path, status: answer.status }).toEqual({ path: call.path, status: 503 });
      expect(isOutage(answer)).toBe(true);
      expect(problem.parse(answer.json).detail).not.toMatch(/postgres|harka_|127\.0\.0\.1|ECONN/i);
    }
    const signIn = await new Site(SLUG).call({
      method: 'POST',
      path: '/api/v1/auth/login',
      body: { email: academy.ownerEmail, password: academy.password },
    });
    expect(isOutage(signIn)).toBe(true);
    await stage.start('postgres');
    await eventually('it recovers by itself', isReady);
    await eventually('reads are answered', async () => {
      return (await learner.call({ path: '/api/v1/me/courses' })).status === 200;
    });
    expect(await stage.pid('services')).toBe(pid);
    await caughtUp();
  }, 180_000);
});

/** One worker of Postgres dies, and with it, as Postgres does it, every connection. */
async function killBackend(): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(tenant.shard) });
  // It falls with the others.
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
      WHERE usename = 'harka_app' AND datname = current_database()
      ORDER BY state = 'active' DESC, state_change DESC LIMIT 1`,
  );
  const [backend] = rows;
  if (backend === undefined) throw new Error('No connection of the application is open.');
  process.kill(backend.pid, 'SIGKILL');
  await client.end().catch(() => undefined);
}

async function expectAllThere(ledger: Ledger, { acknowledged }: AcademyWriters): Promise<void> {
  const { courses, drafts, versions, enrolments, lessons, attempts } = acknowledged;
  expect(Math.min(courses.length, versions.length, enrolments.length, attempts.length)).toBeGreaterThan(2);
  const missing = async (sql: string, list: readonly unknown[]) =>
    ledger.rows(
      `SELECT a.* FROM jsonb_array_elements($2::jsonb) AS a (one) WHERE NOT EXISTS (${sql})`,
      JSON.stringify(list),
    );
  const lost = {
    courses: await missing(
      `SELECT FROM courses.courses c WHERE c.tenant_id = $1 AND c.id = (one ->> 'id')::uuid`,
      courses,
    ),
    drafts: await missing(
      `SELECT FROM courses.drafts d WHERE d.tenant_id = $1 AND d.course_id = (one ->> 'courseId')::uuid
          AND d.revision >= (one ->> 'revision')::integer`,
      drafts,
    ),
    versions: await missing(
      `SELECT FROM courses.versions n WHERE n.tenant_id = $1 AND n.course_id = (one ->> 'courseId')::uuid
          AND n.number = (one ->> 'number')::integer AND n.digest = one ->> 'digest'`,
      versions,
    ),
    enrolments: await missing(
      `SELECT FROM courses.enrolments e WHERE e.tenant_id = $1 AND e.id = (one ->> 'enrolmentId')::uuid
          AND e.user_id = (one ->> 'userId')::uuid AND e.course_id = (one ->> 'courseId')::uuid`,
      enrolments,
    ),
    lessons: await missing(
      `SELECT FROM courses.lesson_progress p WHERE p.tenant_id = $1 AND p.state = 'completed'
          AND p.enrolment_id = (one ->> 'enrolmentId')::uuid AND p.lesson_id = (one ->> 'lessonId')::uuid`,
      lessons,
    ),
    attempts: await missing(
      `SELECT FROM courses.attempts t WHERE t.tenant_id = $1 AND t.enrolment_id = (one ->> 'enrolmentId')::uuid
          AND t.lesson_id = (one ->> 'lessonId')::uuid AND t.number = (one ->> 'attempt')::integer
          AND t.score = (one ->> 'score')::integer`,
      attempts,
    ),
  };
  const none: unknown[] = [];
  expect(lost).toEqual({
    ...{ courses: none, drafts: none, versions: none, enrolments: none, lessons: none, attempts: none },
  });
  // Each was asked for once, though the request may have been sent again and again.
  const [twice] = await ledger.rows<{ titles: number; made: number }>(
    `SELECT count(DISTINCT title)::integer AS titles, count(*)::integer AS made
       FROM courses.drafts WHERE tenant_id = $1 AND title LIKE 'Course %'`,
  );
  expect(twice?.made).toBe(twice?.titles);
}

function expectNames(answer: { readonly json: unknown }, names: readonly string[]): void {
  const { status, missing } = answer.json as { status: string; missing: string[] };
  expect(status).toBe('not ready');
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.filter((name) => !names.includes(name))).toEqual([]);
}

/** Every read model has applied every event, every event is published, and nothing is parked. */
async function caughtUp(): Promise<void> {
  await eventually('read models and relays have caught up', async () => {
    const { projections, relays } = await overview();
    return (
      projections.length > 0 &&
      projections.every(({ lag, behind }) => lag === 0 && behind.length === 0) &&
      relays.every(({ pending, reachable }) => reachable && pending === 0)
    );
  });
}

async function replayAll(): Promise<void> {
  const { projections } = await overview();
  for (const { projection } of projections) {
    await operatorSite().send('POST', '/api/v1/operator/projections/replay', {
      ...{ tenantId: tenant.id, projection },
    });
  }
  await caughtUp();
}

async function overview(): Promise<ProjectionOverview> {
  return operatorSite().get<ProjectionOverview>('/api/v1/operator/projections');
}

async function onboardingRow(directory: pg.Client, id: string) {
  const { rows } = await directory.query<{ state: string; step: string }>(
    'SELECT state, step FROM directory.onboardings WHERE id = $1',
    [id],
  );
  return rows;
}

function urlOf(shard: string): string {
  const found = testPlatform().shards.find(({ name }) => name === shard);
  if (found === undefined) throw new Error(`There is no shard ${shard}.`);
  return found.url;
}
