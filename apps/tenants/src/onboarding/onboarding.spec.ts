import { afterEach, describe, expect, it } from '@jest/globals';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { DomainError } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { createLogger } from '#libs/metrics';
import { runInContext } from '#libs/tenancy';
import { aContext, aUser } from '#libs/tenancy/testing';
import { FakeBrandAssetRepository } from '../branding/brand-asset.fake-repository.js';
import { ChangeBranding } from '../branding/change-branding.use-case.js';
import { ChangePicture } from '../branding/change-picture.use-case.js';
import { FakeDirectory } from '../directory/directory.fake-repository.js';
import { FakeDirectoryEvents } from '../directory/directory-events.fake-repository.js';
import { FakeTenantAnnouncer } from '../directory/tenant-announcer.fake-broadcast.js';
import { FakeDomainRepository } from '../domain/domain.fake-repository.js';
import { FakePlacementRepository } from '../placement/placement.fake-repository.js';
import { FakeShardGate } from '../placement/shard-gate.fake-gate.js';
import { ChangeSettings } from '../settings/change-settings.use-case.js';
import { CountUsers } from '../size/count-users.use-case.js';
import { BaseDomain } from '../tenant/base-domain.js';
import { ChangePlan } from '../tenant/change-plan.use-case.js';
import { ProvisionTenant } from '../tenant/provision-tenant.use-case.js';
import { ShowTenant } from '../tenant/show-tenant.use-case.js';
import { FakeTenantRepository } from '../tenant/tenant.fake-repository.js';
import { aFolder, altered, asRequest } from './bundle/bundle.fake-folder.js';
import { CheckBundle } from './check-bundle.use-case.js';
import { FakeCourseLibrary } from './course-library.fake-courses.js';
import { FakeOnboardingRepository } from './onboarding.fake-repository.js';
import { OnboardingPipeline } from './onboarding-pipeline.js';
import { OnboardingRunner } from './onboarding.runner.js';
import type { Onboarding } from './onboarding.js';
import { FakePeople } from './people.fake-auth.js';
import { StartOnboarding } from './start-onboarding.use-case.js';
import { ContentStep } from './steps/content-step.js';
import { EnrolmentsStep } from './steps/enrolments-step.js';
import { TenantStep } from './steps/tenant-step.js';
import { UsersStep } from './steps/users-step.js';
import { VerifyStep } from './steps/verify-step.js';
import { VerifyOnboarding } from './verify-onboarding.use-case.js';

const silent = createLogger({ service: 'tenants', level: 'silent' });
const operator = aContext({ tenant: null, actor: aUser({ kind: 'operator', id: 'op-1' }) });

class DyingRepository extends FakeOnboardingRepository {
  /** The process is killed when it keeps its nth change; null: never. */
  dieAt: number | null = null;
  saves = 0;

  override async save(onboarding: Onboarding, owner: string): Promise<void> {
    this.saves += 1;
    // A killed process neither answers nor cleans up.
    if (this.saves === this.dieAt) return new Promise<void>(() => undefined);
    await super.save(onboarding, owner);
  }
}

function arrange() {
  const clock = new FixedClock();
  const onboardings = new DyingRepository();
  const tenants = new FakeTenantRepository();
  const assets = new FakeBrandAssetRepository();
  const events = new FakeDirectoryEvents();
  const people = new FakePeople();
  const library = new FakeCourseLibrary();
  const changes = [new FakeDirectory(), tenants, events, new FakeTenantAnnouncer(), clock] as const;
  const [directory, , , announcer] = changes;
  const entitlements = new FakeEntitlements('starter');
  const branding = new ChangeBranding(directory, tenants, entitlements, events, announcer, clock);
  const picture = new ChangePicture(directory, tenants, assets, entitlements, events, announcer, clock);
  const provision = new ProvisionTenant(
    directory,
    tenants,
    new FakeDomainRepository(),
    new FakePlacementRepository(),
    new FakeShardGate(),
    events,
    announcer,
    new BaseDomain('harka.example'),
    clock,
  );
  const settings = new ChangeSettings(...changes);
  const plan = new ChangePlan(...changes);
  const verify = new VerifyOnboarding(people, library, clock);
  const show = new ShowTenant(tenants);
  const pipeline = new OnboardingPipeline(
    new TenantStep(provision, branding, picture, settings, plan),
    new UsersStep(people),
    new ContentStep(library),
    new EnrolmentsStep(library, { delays: [1, 1, 1] }),
    new VerifyStep(verify),
    show,
    new CountUsers(tenants, entitlements, clock),
    onboardings,
    clock,
  );
  const check = new CheckBundle(tenants, onboardings);
  const runners: OnboardingRunner[] = [];
  const runner = () => {
    const made = new OnboardingRunner(onboardings, pipeline, clock, silent);
    runners.push(made);
    return made;
  };
  const start = (files = aFolder(), waker = runner()) => {
    const use = new StartOnboarding(check, onboardings, show, verify, waker, clock);
    return runInContext(operator, () => use.execute(asRequest(files)));
  };
  return { clock, onboardings, tenants, assets, events, people, library, check, runner, runners, start };
}

type Arranged = ReturnType<typeof arrange>;

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let round = 0; round < 1_000; round += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('It does not come to that.');
}

async function settled({ onboardings }: Arranged, id: string): Promise<Onboarding> {
  await until(async () => (await onboardings.find(id))?.state !== 'running');
  const onboarding = await onboardings.find(id);
  if (onboarding === null) throw new Error('The onboarding is gone.');
  return onboarding;
}

describe(OnboardingPipeline.name, () => {
  const arranged: Arranged[] = [];
  const make = () => {
    const parts = arrange();
    arranged.push(parts);
    return parts;
  };
  afterEach(async () => {
    for (const { runners } of arranged.splice(0)) {
      // Those that died never come back.
      for (const runner of runners) void runner.beforeApplicationShutdown();
    }
  });

  it('brings tenant, pictures, people, courses with their files, and enrolments in, and verifies them', async () => {
    const parts = make();
    const { id, tenantId } = await parts.start();
    const done = await settled(parts, id);
    expect(done).toMatchObject({
      state: 'done',
      step: 'done',
      failure: null,
      verification: { matches: true },
    });
    expect(done.progress).toEqual({
      users: { done: 3, total: 3 },
      courses: { done: 1, total: 1 },
      enrolments: { done: 1, total: 1 },
    });
    const tenant = await parts.tenants.find('acme');
    expect(tenant).toMatchObject({ id: tenantId, status: 'active', branding: { primaryColor: '#9a3412' } });
    expect(parts.assets.rows.get(`${tenantId} logo`)?.contentType).toBe('image/svg+xml');
    const [stored] = parts.library.media.values();
    expect(parts.library.published.get('safety')?.modules[0]?.lessons[2]).toMatchObject({
      source: { kind: 'media', mediaId: stored?.id },
    });
    expect((await parts.onboardings.files(id)).size).toBe(0);
  });

  it('changes nothing when the same folder is sent again, and says whether it still matches', async () => {
    const parts = make();
    const first = await parts.start();
    await settled(parts, first.id);
    const events = parts.events.types.length;
    const again = await parts.start();
    expect(again).toMatchObject({ id: first.id, state: 'done', verification: { matches: true } });
    parts.library.enrolled.add('safety somebody@acme.example');
    expect((await parts.start()).verification).toMatchObject({
      matches: false,
      differences: ['safety: 2 enrolments instead of 1'],
    });
    expect(parts.events.types).toHaveLength(events);
  });

  it('goes on where a killed process stopped, wherever that was', async () => {
    const whole = make();
    await settled(whole, (await whole.start()).id);
    expect(whole.onboardings.saves).toBeGreaterThanOrEqual(9);
    for (let death = 1; death <= whole.onboardings.saves; death += 1) {
      const parts = make();
      parts.onboardings.dieAt = death;
      const { id } = await parts.start();
      await until(() => parts.onboardings.saves >= death);
      parts.clock.advance(60_000);
      parts.runner().wake();
      expect(await settled(parts, id)).toMatchObject({ state: 'done', verification: { matches: true } });
      expect(parts.library.media.size).toBe(1);
      expect(parts.events.types.filter((type) => type === 'tenants.tenant.created')).toHaveLength(1);
      expect(parts.events.types).toHaveLength(whole.events.types.length);
    }
  });

  it('leaves an onboarding alone while another process holds its lease', async () => {
    const parts = make();
    parts.onboardings.dieAt = 1;
    const { id } = await parts.start();
    await until(() => parts.onboardings.saves >= 1);
    parts.runner().wake();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await parts.onboardings.find(id)).toMatchObject({ state: 'running', step: 'tenant' });
  });

  it('waits for people who are not known to courses yet', async () => {
    const parts = make();
    parts.library.unknownFor = 3;
    expect(await settled(parts, (await parts.start()).id)).toMatchObject({ state: 'done' });
  });

  it('fails, saying why, when an enrolment is refused for good, and can be tried again', async () => {
    const parts = make();
    parts.library.refuses = 'inactive_person';
    const failed = await settled(parts, (await parts.start()).id);
    expect(failed).toMatchObject({
      state: 'failed',
      step: 'enrolments',
      failure: {
        code: 'onboarding.enrolments_refused',
        detail: '1 enrolment could not be made: learner@acme.example in safety: inactive person.',
      },
    });
    parts.library.refuses = null;
    expect(await settled(parts, (await parts.start()).id)).toMatchObject({ id: failed.id, state: 'done' });
  });

  it('fails when what is there differs from the folder', async () => {
    const parts = make();
    parts.library.enrolled.add('safety somebody@acme.example');
    expect(await settled(parts, (await parts.start()).id)).toMatchObject({
      state: 'failed',
      step: 'verify',
      failure: { code: 'onboarding.verification_failed' },
      verification: { matches: false },
    });
  });

  it('tries again later when a service does not answer', async () => {
    const parts = make();
    parts.people.breakWith(new DomainError('unavailable', 'service.unavailable', 'auth does not answer.'));
    const { id } = await parts.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await parts.onboardings.find(id)).toMatchObject({ state: 'running', step: 'users', attempts: 1 });
    parts.people.breakWith(null);
    parts.clock.advance(1_000);
    parts.runner().wake();
    expect(await settled(parts, id)).toMatchObject({ state: 'done', attempts: 0 });
  });

  it('goes on with the tenant that a faulty version of the folder began', async () => {
    const parts = make();
    parts.library.refuses = 'inactive_person';
    const first = await settled(parts, (await parts.start()).id);
    parts.library.refuses = null;
    const corrected = aFolder(altered('tenant.yaml', 'name: Acme Works', 'name: Acme Factories'));
    const second = await settled(parts, (await parts.start(corrected)).id);
    expect(second).toMatchObject({ state: 'done', tenantId: first.tenantId });
    expect(await parts.tenants.find('acme')).toMatchObject({ name: 'Acme Factories' });
  });

  it('refuses a folder whose slug belongs to another tenant, at the very place', async () => {
    const parts = make();
    await settled(parts, (await parts.start()).id);
    const other = aFolder(altered('tenant.yaml', 'name: Acme Works', 'name: Other'));
    await expect(parts.start(other)).rejects.toMatchObject({
      code: 'onboarding.bundle_invalid',
      details: { issues: [{ file: 'tenant.yaml', line: 1, column: 7, code: 'slug_taken' }] },
    });
  });

  it('points every fault at its file in the request', async () => {
    const parts = make();
    const files = aFolder(altered('users.csv', 'learner,Line 1', 'pupil,Line 1'));
    const index = [...files.keys()].indexOf('users.csv');
    await expect(parts.start(files)).rejects.toMatchObject({
      message: 'The folder cannot be imported: 1 problem in 1 file. Nothing was changed.',
      faults: [
        {
          pointer: `/files/${index}/content`,
          detail: expect.stringContaining('users.csv:2:32: There is no role "pupil".'),
        },
      ],
    });
    expect(await parts.tenants.find('acme')).toBeNull();
  });
});
