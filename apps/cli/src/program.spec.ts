import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listProjections, replayProjection } from '#libs/contracts/insights';
import {
  addShard,
  addTenantDomain,
  checkBundle,
  createTenant,
  listShards,
  listTenantDomains,
  listTenants,
  showOnboarding,
  showTenant,
  startOnboarding,
  changePlan,
  removeTenantDomain,
  resumeTenant,
  suspendTenant,
  verifyTenantDomain,
} from '#libs/contracts/tenants';
import { Failure } from './failure.js';
import { FakeOperatorApi } from './operator-api.fake-platform.js';
import { runCli } from './program.js';

const acme = {
  id: '00000000-0000-7000-8000-000000000001',
  slug: 'acme',
  name: 'Acme Works',
  plan: 'starter',
  status: 'active',
  size: 40,
  tier: 'small',
  shard: 'small-1',
  epoch: 1,
  host: 'acme.localhost',
  pulse: null,
  createdAt: '2026-01-15T09:00:00.000Z',
  updatedAt: '2026-01-15T09:00:00.000Z',
};
const domain = {
  host: 'academy.acme.example',
  kind: 'custom',
  state: 'pending',
  proof: { name: '_harka.academy.acme.example', type: 'TXT', value: 'harka-verification=abc' },
  verifiedAt: null,
  lastCheckedAt: null,
  createdAt: '2026-01-15T09:00:00.000Z',
};
const onboarding = {
  id: '00000000-0000-7000-8000-000000000009',
  slug: 'acme',
  bundleDigest: 'd',
  tenantId: acme.id,
  state: 'running',
  step: 'users',
  progress: {
    users: { done: 20, total: 40 },
    courses: { done: 0, total: 2 },
    enrolments: { done: 0, total: 10 },
  },
  verification: null,
  failure: null,
  createdAt: acme.createdAt,
  updatedAt: acme.createdAt,
  finishedAt: null,
};
const done = {
  ...onboarding,
  state: 'done',
  step: 'done',
  verification: { checkedAt: acme.createdAt, matches: true, differences: [] },
};
const caughtUp = {
  projections: [{ projection: 'insights.audit', tenants: 3, lag: 0, behind: [] }],
  relays: [{ shard: 'small-1', pending: 0, oldestSeconds: 0, reachable: true }],
};

let api: FakeOperatorApi;
let migrations: (readonly string[])[];
beforeEach(() => {
  api = new FakeOperatorApi();
  migrations = [];
});

async function harka(...args: string[]) {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    isInteractive: false,
  };
  const migrate = async (given: readonly string[]) => {
    migrations.push(given);
    return args.includes('broken') ? 1 : 0;
  };
  const code = await runCli(args, { api, terminal, migrate, wait: async () => undefined });
  return { code, out, err };
}

describe('harka tenants', () => {
  it('lists every page, as a table or as JSON', async () => {
    api.answer(
      listTenants,
      { items: [acme], nextCursor: 'next' },
      { items: [{ ...acme, slug: 'globex' }], nextCursor: null },
      { items: [acme], nextCursor: null },
    );
    const { code, out } = await harka('tenants', 'list', '--plan', 'starter', '-q', 'x');
    expect(code).toBe(0);
    expect(out.split('\n').map((row) => row.split(/\s+/)[0])).toEqual(['SLUG', 'acme', 'globex', '']);
    expect(api.asked.map(({ request }) => request)).toEqual([
      { query: { plan: 'starter', q: 'x', limit: 100 } },
      { query: { plan: 'starter', q: 'x', limit: 100, cursor: 'next' } },
    ]);
    expect(JSON.parse((await harka('tenants', 'list', '--json')).out)).toEqual([acme]);
    expect(JSON.parse((await harka('--json', 'tenants', 'list')).out)).toEqual([acme]);
  });

  it('puts on another plan, resumes with a reason and takes a domain away', async () => {
    api.answer(changePlan, acme).answer(resumeTenant, acme).answer(removeTenantDomain, {});
    expect((await harka('tenants', 'plan', 'acme', 'growth', '--reason', 'bought')).code).toBe(0);
    expect(api.asked.at(-1)?.request).toEqual({
      params: { tenantId: 'acme' },
      body: { plan: 'growth', reason: 'bought' },
    });
    expect((await harka('tenants', 'plan', 'acme', 'gold')).code).not.toBe(0);
    expect((await harka('tenants', 'resume', 'acme', '--reason', 'paid')).code).toBe(0);
    const { code, out } = await harka('domains', 'remove', 'acme', 'academy.acme.example', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ host: 'academy.acme.example', removed: true });
  });

  it('creates, shows and suspends', async () => {
    api.answer(createTenant, acme).answer(showTenant, acme).answer(suspendTenant, acme);
    api.answer(listTenantDomains, { items: [domain] });
    expect((await harka('tenants', 'create', 'acme', '--name', 'Acme Works', '--plan', 'starter')).code).toBe(
      0,
    );
    expect((await harka('tenants', 'show', 'acme')).out).toContain('academy.acme.example (pending)');
    expect((await harka('tenants', 'suspend', 'acme', '--reason', 'unpaid')).code).toBe(0);
    expect(api.asked[0]?.request).toEqual({
      body: { slug: 'acme', name: 'Acme Works', plan: 'starter', expectedUsers: 0 },
    });
    expect(api.asked.at(-1)?.request).toEqual({ params: { tenantId: 'acme' }, body: { reason: 'unpaid' } });
  });

  it.each([
    [
      ['tenants', 'create', 'acme', '--name', 'A', '--plan', 'gold'],
      'Allowed choices are starter, growth, enterprise',
    ],
    [
      ['tenants', 'create', 'acme', '--name', 'A', '--plan', 'starter', '--users', 'many'],
      'A whole number is expected',
    ],
    [['tenants', 'suspend', 'acme'], "required option '--reason <text>'"],
    [['tenants', 'lsit'], 'Did you mean list?'],
    [['tenant'], 'Did you mean tenants?'],
    [['tenants', 'move', 'acme'], 'unknown command'],
  ])('refuses %j and helps', async (args, help) => {
    const { code, err, out } = await harka(...args);
    expect(code).not.toBe(0);
    expect(err).toContain(help);
    expect(out).toBe('');
  });

  it('prints what the platform refuses, with the field at fault', async () => {
    const problem = {
      type: 'urn:harka:problem:branding.contrast_too_low',
      title: 'Bad Request',
      status: 400,
      code: 'branding.contrast_too_low',
      detail: 'Too pale.',
      requestId: 'r',
      errors: [{ pointer: '/branding/primaryColor', code: 'contrast_too_low', detail: '1.51:1' }],
    };
    api.answer(createTenant, new Failure(problem.detail, problem.code, problem));
    const args = ['tenants', 'create', 'acme', '--name', 'A', '--plan', 'starter', '--primary', '#ffcc00'];
    const { code, err } = await harka(...args);
    expect(code).toBe(1);
    expect(err).toBe('harka: Too pale.\n  /branding/primaryColor: 1.51:1\n');
    expect(JSON.parse((await harka(...args, '--json')).err)).toEqual(problem);
  });
});

describe('harka tenants import', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'harka-cli-'));
    await mkdir(join(folder, 'courses', 'safety'), { recursive: true });
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, 'tenant.yaml'), 'slug: acme\n');
    await writeFile(join(folder, 'courses', 'safety', 'course.yaml'), 'title: x\n');
    await writeFile(join(folder, '.git', 'config'), 'x');
    await writeFile(join(folder, 'Thumbs.db'), 'x');
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('sends the folder without what desktops leave in it, follows the progress and sums up', async () => {
    api.answer(startOnboarding, onboarding).answer(showOnboarding, onboarding, done);
    const { code, out, err } = await harka('tenants', 'import', folder);
    expect(code).toBe(0);
    expect(out).toBe(`acme is in and verified: 40 users, 2 courses, 10 enrolments (tenant ${acme.id}).\n`);
    expect(err).toContain('users: users 20/40, courses 0/2, enrolments 0/10\n');
    const [{ request } = { request: null }] = api.asked;
    expect(request).toEqual({
      body: {
        files: [
          { path: 'courses/safety/course.yaml', content: Buffer.from('title: x\n').toString('base64') },
          { path: 'tenant.yaml', content: Buffer.from('slug: acme\n').toString('base64') },
        ],
      },
    });
  });

  it('waits for a platform that is started again meanwhile', async () => {
    const away = new Failure('Harka does not answer.', 'cli.unreachable');
    api.answer(startOnboarding, onboarding).answer(showOnboarding, away, away, done);
    expect((await harka('tenants', 'import', folder)).code).toBe(0);
  });

  it('tells faults as file:line:column, and changes nothing', async () => {
    const issues = [
      {
        file: 'users.csv',
        line: 2,
        column: 32,
        code: 'role_unknown',
        detail: 'There is no role "pupil".',
        help: 'Use learner.',
      },
      {
        file: 'user.csv',
        line: null,
        column: null,
        code: 'file_unreferenced',
        detail: 'Unused.',
        help: 'Remove it.',
      },
    ];
    const problem = {
      type: 'x',
      title: 'x',
      status: 400,
      code: 'onboarding.bundle_invalid',
      detail: 'The folder cannot be imported.',
      requestId: 'r',
      issues,
    };
    api.answer(checkBundle, new Failure(problem.detail, problem.code, problem));
    const { code, err } = await harka('tenants', 'import', '--check', folder);
    expect(code).toBe(1);
    expect(err).toBe(
      'users.csv:2:32: There is no role "pupil". Use learner.\nuser.csv: Unused. Remove it.\nThe folder cannot be imported.\n',
    );
    expect(JSON.parse((await harka('tenants', 'import', '--check', folder, '--json')).err)).toEqual(problem);
  });

  it('fails when the import fails, and says at which step', async () => {
    const failed = {
      ...onboarding,
      state: 'failed',
      step: 'enrolments',
      failure: { code: 'onboarding.enrolments_refused', detail: '1 enrolment could not be made.' },
    };
    api.answer(startOnboarding, failed);
    const { code, err } = await harka('tenants', 'import', folder);
    expect(code).toBe(1);
    expect(err).toContain('1 enrolment could not be made. It stopped at the step "enrolments"');
  });

  it('says whether an academy that was imported before still matches', async () => {
    const drifted = {
      ...done,
      verification: { ...done.verification, matches: false, differences: ['41 users instead of 40'] },
    };
    api.answer(startOnboarding, done, drifted);
    expect((await harka('tenants', 'import', folder)).out).toContain('it still matches: 40 users');
    expect((await harka('tenants', 'import', folder)).out).toContain(
      'has changed since: 41 users instead of 40',
    );
  });

  it('says so when there is no such folder', async () => {
    const { code, err } = await harka('tenants', 'import', join(folder, 'none'));
    expect(code).toBe(1);
    expect(err).toContain('There is no folder');
  });
});

describe('harka shards', () => {
  it('lists and adds', async () => {
    const shard = { name: 'small-1', tier: 'small', url: 'postgres://db/small_1', state: 'open', tenants: 3 };
    api.answer(listShards, { items: [shard] }).answer(addShard, shard);
    expect((await harka('shards', 'list')).out).toContain(
      'small-1  small  open   3        postgres://db/small_1',
    );
    expect((await harka('shards', 'add', 'small-1', '--tier', 'small', '--url', shard.url)).code).toBe(0);
    expect(JSON.parse((await harka('shards', 'list', '--json')).out)).toEqual([shard]);
  });
});

describe('harka domains', () => {
  it('tells the record to set, then verifies', async () => {
    api.answer(addTenantDomain, domain).answer(verifyTenantDomain, { ...domain, state: 'verified' });
    const { out } = await harka('domains', 'add', 'acme', domain.host);
    expect(out).toContain('_harka.academy.acme.example.  TXT  "harka-verification=abc"');
    expect(out).toContain('harka domains verify acme academy.acme.example');
    expect((await harka('domains', 'verify', 'acme', domain.host)).code).toBe(0);
    api.answer(verifyTenantDomain, new Failure('DNS has no TXT record.', 'domain.proof_not_found'));
    expect(await harka('domains', 'verify', 'acme', domain.host)).toMatchObject({
      code: 1,
      err: 'harka: DNS has no TXT record.\n',
    });
  });
});

describe('harka events', () => {
  it('verifies only when all have caught up', async () => {
    const [audit] = caughtUp.projections;
    const behind = { ...caughtUp, projections: [{ ...audit, lag: 5 }] };
    api.answer(listProjections, behind);
    expect(await harka('events', 'verify')).toMatchObject({
      code: 1,
      err: 'harka: Not caught up: insights.audit is 5 events behind.\n',
    });
    api.answer(listProjections, behind, caughtUp);
    expect((await harka('events', 'verify', '--wait', '5')).code).toBe(0);
  });

  it('replays a read model of a tenant, named by slug, and waits for it', async () => {
    const state = {
      tenantId: acme.id,
      shard: 'small-1',
      status: 'replaying',
      position: 1,
      head: 9,
      error: null,
    };
    const [audit] = caughtUp.projections;
    api.answer(showTenant, acme);
    api.answer(replayProjection, { tenantId: acme.id, projection: 'insights.audit', status: 'replaying' });
    api.answer(listProjections, { ...caughtUp, projections: [{ ...audit, behind: [state] }] }, caughtUp);
    const { code, out } = await harka('events', 'replay', 'acme', 'insights.audit');
    expect(code).toBe(0);
    expect(out).toBe('insights.audit of acme is rebuilt.\n');
    expect(api.asked[1]?.request).toEqual({ body: { tenantId: acme.id, projection: 'insights.audit' } });
  });
});

describe('harka migrate', () => {
  it('runs the migrator and passes its outcome on', async () => {
    expect((await harka('migrate', '--json')).code).toBe(0);
    expect(migrations).toEqual([['--json']]);
  });

  it('takes no arguments that it does not know', async () => {
    expect((await harka('migrate', 'broken')).code).not.toBe(0);
  });
});
