import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/kernel/testing';
import { FakeDirectory } from '../directory/directory.fake-repository.js';
import { FakeDirectoryEvents } from '../directory/directory-events.fake-repository.js';
import { FakeTenantAnnouncer } from '../directory/tenant-announcer.fake-broadcast.js';
import { FakeDomainRepository } from '../domain/domain.fake-repository.js';
import { FakePlacementRepository } from '../placement/placement.fake-repository.js';
import { FakeShardGate } from '../placement/shard-gate.fake-gate.js';
import { BaseDomain } from './base-domain.js';
import { ProvisionTenant } from './provision-tenant.use-case.js';
import { FakeTenantRepository } from './tenant.fake-repository.js';

const wish = { slug: 'acme', name: 'Acme Works', plan: 'starter', expectedUsers: 40 } as const;

function arrange() {
  const tenants = new FakeTenantRepository();
  const domains = new FakeDomainRepository();
  const placements = new FakePlacementRepository();
  const gate = new FakeShardGate();
  const events = new FakeDirectoryEvents();
  const announcer = new FakeTenantAnnouncer();
  const provision = new ProvisionTenant(
    new FakeDirectory(),
    tenants,
    domains,
    placements,
    gate,
    events,
    announcer,
    new BaseDomain('harka.example'),
    new FixedClock(),
  );
  return { provision, tenants, domains, placements, gate, events, announcer };
}

describe(ProvisionTenant.name, () => {
  it('writes tenant, placement, subdomain and event, opens the gate and says so', async () => {
    const { provision, domains, placements, gate, events, announcer } = arrange();
    const tenant = await provision.execute(wish);
    expect(tenant).toMatchObject({ status: 'active', plan: 'starter', settings: { registration: 'invite' } });
    expect(placements.rows.get(tenant.id)).toMatchObject({ shard: 'small-1', epoch: 1 });
    expect(domains.rows.get('acme.harka.example')).toMatchObject({ kind: 'subdomain', state: 'verified' });
    expect(gate.admitted).toEqual([tenant.id]);
    expect(events.types).toEqual(['tenants.tenant.created']);
    expect(announcer.heard).toEqual([tenant.id]);
  });

  it('answers the same tenant when it is called again', async () => {
    const { provision, events } = arrange();
    const first = await provision.execute(wish);
    expect(await provision.execute(wish)).toEqual(first);
    expect(events.types).toHaveLength(1);
  });

  it('refuses the slug to a tenant of another name, and to another id', async () => {
    const { provision } = arrange();
    await provision.execute(wish);
    await expect(provision.execute({ ...wish, name: 'Other' })).rejects.toMatchObject({
      code: 'tenant.slug_taken',
    });
    await expect(
      provision.execute({ ...wish, id: '00000000-0000-7000-8000-000000000001' }),
    ).rejects.toMatchObject({ code: 'tenant.slug_taken' });
  });

  it('finishes what a call began that found the shard closed', async () => {
    const { provision, gate, events } = arrange();
    gate.closed = true;
    await expect(provision.execute(wish)).rejects.toMatchObject({ code: 'shard.unreachable' });
    gate.closed = false;
    expect(await provision.execute(wish)).toMatchObject({ status: 'active' });
    expect(events.types).toEqual(['tenants.tenant.created']);
  });

  it('refuses colours that cannot be read, more users than seats, and rules that contradict themselves', async () => {
    const { provision } = arrange();
    const branding = { primaryColor: '#ffcc00', secondaryColor: '#000000' };
    await expect(provision.execute({ ...wish, branding })).rejects.toMatchObject({
      code: 'branding.contrast_too_low',
      faults: [{ pointer: '/branding/primaryColor' }],
    });
    await expect(provision.execute({ ...wish, expectedUsers: 101 })).rejects.toMatchObject({
      code: 'tenant.seats_too_few',
    });
    await expect(provision.execute({ ...wish, settings: { registration: 'domain' } })).rejects.toMatchObject({
      code: 'settings.email_domains_missing',
    });
  });
});
