import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { aUser } from '#libs/tenancy/testing';
import { TestPlatform } from '../../testing/index.js';
import { PgBrandAssetRepository } from '../branding/brand-asset.pg-repository.js';
import { ChangeBranding } from '../branding/change-branding.use-case.js';
import { ChangePicture } from '../branding/change-picture.use-case.js';
import { ChangeSettings } from '../settings/change-settings.use-case.js';
import { CountUsers } from '../size/count-users.use-case.js';
import { ChangePlan } from '../tenant/change-plan.use-case.js';
import { ShowTenant } from '../tenant/show-tenant.use-case.js';
import { PgTenantRepository } from '../tenant/tenant.pg-repository.js';
import { aFolder, altered } from './bundle/bundle.fake-folder.js';
import type { Bundle } from './bundle/bundle.js';
import { Issues } from './bundle/issues.js';
import { readBundle } from './bundle/read-bundle.js';
import { FakeCourseLibrary } from './course-library.fake-courses.js';
import { OnboardingJob } from './onboarding-job.js';
import { OnboardingPipeline } from './onboarding-pipeline.js';
import { PgOnboardingRepository } from './onboarding.pg-repository.js';
import { begun } from './onboarding.js';
import { FakePeople } from './people.fake-auth.js';
import { ContentStep } from './steps/content-step.js';
import { EnrolmentsStep } from './steps/enrolments-step.js';
import { TenantStep } from './steps/tenant-step.js';
import { UsersStep } from './steps/users-step.js';
import { VerifyStep } from './steps/verify-step.js';
import { VerifyOnboarding } from './verify-onboarding.use-case.js';

const LEASE = 20_000;
class Killed extends Error {}

function bundleOf(slug: string): Bundle {
  const { bundle } = readBundle(aFolder(altered('tenant.yaml', 'slug: acme', `slug: ${slug}`)), new Issues());
  if (bundle === null) throw new Error('The folder has no tenant.');
  return bundle;
}

// Databases are made here; a busy machine takes its time.
const HOOK = 60_000;

describe(PgOnboardingRepository.name, () => {
  let platform: TestPlatform;
  let onboardings: PgOnboardingRepository;
  const clock = new FixedClock();

  beforeAll(async () => {
    platform = await TestPlatform.create({ small: 1 });
    onboardings = new PgOnboardingRepository(platform.directory);
  }, HOOK);
  afterAll(async () => {
    await platform.close();
  }, HOOK);

  async function begin(slug: string) {
    const bundle = bundleOf(slug);
    const who = { id: newId(), tenantId: newId(), requestedBy: aUser({ kind: 'operator' }) };
    const onboarding = begun(bundle, who, clock.now());
    expect(await onboardings.insert(onboarding, bundle.files)).toBe(true);
    return { bundle, onboarding };
  }
  const lease = () => ({ now: clock.now(), until: new Date(clock.now().getTime() + LEASE) });
  async function claimed(id: string, owner: string) {
    for (;;) {
      const onboarding = await onboardings.claim(owner, lease());
      if (onboarding === null) return null;
      if (onboarding.id === id) return onboarding;
    }
  }

  it('keeps a bundle once, with its files as they are', async () => {
    const { bundle, onboarding } = await begin('kept');
    expect(await onboardings.insert({ ...onboarding, id: newId() }, bundle.files)).toBe(false);
    expect(await onboardings.ofBundle('kept', bundle.digest)).toEqual(onboarding);
    const files = await onboardings.files(onboarding.id);
    expect([...files].sort()).toEqual([...bundle.files].sort());
    await claimed(onboarding.id, 'a');
    await onboardings.save({ ...onboarding, state: 'done' }, 'a');
    await onboardings.forgetFiles('kept');
    expect((await onboardings.files(onboarding.id)).size).toBe(0);
  });

  it('gives an onboarding to one of many who look for work, and to another when its lease is over', async () => {
    const { onboarding } = await begin('leased');
    const claims = await Promise.all(
      Array.from({ length: 6 }, (_, index) => onboardings.claim(`worker-${index}`, lease())),
    );
    expect(claims.filter((claim) => claim?.id === onboarding.id)).toHaveLength(1);
    const first = `worker-${claims.findIndex((claim) => claim?.id === onboarding.id)}`;
    expect(await claimed(onboarding.id, 'late')).toBeNull();
    await onboardings.renew(onboarding.id, first, new Date(clock.now().getTime() + 2 * LEASE));
    clock.advance(LEASE + 1);
    expect(await claimed(onboarding.id, 'late')).toBeNull();
    clock.advance(LEASE);
    expect(await claimed(onboarding.id, 'late')).toMatchObject({ id: onboarding.id });
    await expect(onboardings.save(onboarding, first)).rejects.toThrow('worked on by another process');
    await onboardings.save({ ...onboarding, state: 'failed' }, 'late');
  });

  it('lists by page, newest first', async () => {
    for (const slug of ['page-a', 'page-b', 'page-c']) {
      const { onboarding } = await begin(slug);
      await claimed(onboarding.id, 'lister');
      await onboardings.save({ ...onboarding, state: 'failed' }, 'lister');
    }
    const first = await onboardings.list({ limit: 2 });
    expect(first.items).toHaveLength(2);
    const second = await onboardings.list({ limit: 2, cursor: first.nextCursor ?? '' });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('remembers after each step what was done, so that a kill anywhere costs nothing', async () => {
    const { directory, announcer, events } = platform;
    const tenants = new PgTenantRepository(directory);
    const entitlements = new FakeEntitlements('starter');
    const parts = [directory, tenants, events, announcer, clock] as const;
    const assets = new PgBrandAssetRepository(directory, clock);
    const branding = new ChangeBranding(directory, tenants, entitlements, events, announcer, clock);
    const picture = new ChangePicture(directory, tenants, assets, entitlements, events, announcer, clock);
    const settings = new ChangeSettings(...parts);
    const plan = new ChangePlan(...parts);

    const run = async (slug: string, dieAt: number) => {
      const { bundle, onboarding } = await begin(slug);
      const people = new FakePeople();
      const library = new FakeCourseLibrary();
      const pipeline = new OnboardingPipeline(
        new TenantStep(platform.provisioner(), branding, picture, settings, plan),
        new UsersStep(people),
        new ContentStep(library),
        new EnrolmentsStep(library, { delays: [1] }),
        new VerifyStep(new VerifyOnboarding(people, library, clock)),
        new ShowTenant(tenants),
        new CountUsers(tenants, entitlements, clock),
        onboardings,
        clock,
      );
      let saves = 0;
      const attempt = async (owner: string, limit: number) => {
        const mine = await claimed(onboarding.id, owner);
        if (mine === null) throw new Error('Nobody may work on it.');
        const job = new OnboardingJob(
          mine,
          bundle,
          async (changed) => {
            saves += 1;
            if (saves === limit) throw new Killed();
            await onboardings.save(changed, owner);
          },
          new AbortController().signal,
        );
        await pipeline.run(job);
      };
      await attempt('first', dieAt).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      const whole = saves;
      if ((await onboardings.find(onboarding.id))?.state !== 'done') {
        clock.advance(LEASE + 1);
        await attempt('second', -1);
      }
      return { done: await onboardings.find(onboarding.id), library, saves: whole };
    };

    const { saves } = await run('unkilled', -1);
    expect(saves).toBeGreaterThanOrEqual(9);
    for (let death = 1; death <= saves; death += 1) {
      const { done, library } = await run(`killed-${death}`, death);
      expect(done).toMatchObject({ state: 'done', verification: { matches: true }, failure: null });
      expect(library.media.size).toBe(1);
      const [row] = await directory.query<{ created: number; branded: number }>(
        `SELECT count(*) FILTER (WHERE type = 'tenants.tenant.created')::int AS created,
                count(*) FILTER (WHERE type = 'tenants.branding.changed')::int AS branded
           FROM directory.outbox WHERE tenant_id = $1`,
        [done?.tenantId],
      );
      expect(row).toEqual({ created: 1, branded: 1 });
    }
  });
});
