import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/kernel/testing';
import { plainBranding } from '../branding/branding.js';
import { FakeDirectory } from '../directory/directory.fake-repository.js';
import { FakeDirectoryEvents } from '../directory/directory-events.fake-repository.js';
import { FakeTenantAnnouncer } from '../directory/tenant-announcer.fake-broadcast.js';
import { ChangeSettings } from '../settings/change-settings.use-case.js';
import { ChangePlan } from './change-plan.use-case.js';
import { ResumeTenant } from './resume-tenant.use-case.js';
import { SuspendTenant } from './suspend-tenant.use-case.js';
import { FakeTenantRepository } from './tenant.fake-repository.js';
import { usualSettings, type Tenant } from './tenant.js';

const acme: Tenant = {
  id: '00000000-0000-7000-8000-000000000001',
  slug: 'acme',
  name: 'Acme Works',
  plan: 'growth',
  status: 'active',
  size: 400,
  branding: plainBranding,
  settings: usualSettings,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  version: 7,
};

function arrange(tenant: Tenant = acme) {
  const tenants = new FakeTenantRepository(tenant);
  const events = new FakeDirectoryEvents();
  const announcer = new FakeTenantAnnouncer();
  const parts = [new FakeDirectory(), tenants, events, announcer, new FixedClock()] as const;
  return {
    events,
    announcer,
    suspend: new SuspendTenant(...parts),
    resume: new ResumeTenant(...parts),
    plan: new ChangePlan(...parts),
    settings: new ChangeSettings(...parts),
  };
}

describe(SuspendTenant.name, () => {
  it('is once what it is twice, and can be undone', async () => {
    const { suspend, resume, events, announcer } = arrange();
    await suspend.execute('acme', 'unpaid');
    expect(await suspend.execute(acme.id, 'unpaid')).toMatchObject({ status: 'suspended', version: 8 });
    expect(await resume.execute('acme')).toMatchObject({ status: 'active' });
    expect(events.types).toEqual(['tenants.tenant.suspended', 'tenants.tenant.resumed']);
    expect(announcer.heard).toHaveLength(3);
  });

  it('does not know a tenant that is not there, and waits for one that is not ready', async () => {
    const { suspend } = arrange({ ...acme, status: 'provisioning' });
    await expect(suspend.execute('globex', 'x')).rejects.toMatchObject({ code: 'tenant.not_found' });
    await expect(suspend.execute('acme', 'x')).rejects.toMatchObject({ code: 'tenant.not_ready' });
  });
});

describe(ChangePlan.name, () => {
  it('changes the plan and says from what to what', async () => {
    const { plan, events } = arrange();
    expect(await plan.execute('acme', 'enterprise', '7')).toMatchObject({ plan: 'enterprise', version: 8 });
    expect(events.appended[0]).toMatchObject({ payload: { from: 'growth', to: 'enterprise' } });
  });

  it('refuses a plan with fewer seats than people', async () => {
    await expect(arrange().plan.execute('acme', 'starter', '7')).rejects.toMatchObject({
      code: 'tenant.plan_too_small',
      details: { seats: 100, users: 400 },
    });
  });

  it('refuses a change of what the caller has not seen', async () => {
    await expect(arrange().plan.execute('acme', 'enterprise', '6')).rejects.toMatchObject({
      kind: 'precondition_failed',
    });
  });
});

describe(ChangeSettings.name, () => {
  it('changes what is given and leaves the rest', async () => {
    const { settings, events } = arrange();
    const patch = { registration: 'domain', emailDomains: ['acme.example'] } as const;
    const next = await settings.execute(acme.id, { ...patch, emailDomains: [...patch.emailDomains] }, '7');
    expect(next.settings).toEqual({ ...patch, locale: 'en' });
    expect(events.appended[0]?.payload).toEqual(next.settings);
  });

  it('asks for domains where registration goes by domain', async () => {
    await expect(arrange().settings.execute(acme.id, { registration: 'domain' }, '7')).rejects.toMatchObject({
      code: 'settings.email_domains_missing',
    });
  });
});
