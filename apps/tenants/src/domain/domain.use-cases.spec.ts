import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/kernel/testing';
import { plainBranding } from '../branding/branding.js';
import { FakeDirectory } from '../directory/directory.fake-repository.js';
import { FakeDirectoryEvents } from '../directory/directory-events.fake-repository.js';
import { FakeTenantAnnouncer } from '../directory/tenant-announcer.fake-broadcast.js';
import { BaseDomain } from '../tenant/base-domain.js';
import { FakeTenantRepository } from '../tenant/tenant.fake-repository.js';
import { usualSettings, type Tenant } from '../tenant/tenant.js';
import { AddDomain } from './add-domain.use-case.js';
import { FakeDomainRepository } from './domain.fake-repository.js';
import { FakeDomainResolver } from './domain-resolver.fake-dns.js';
import { subdomain, toView } from './domain.js';
import { RecheckDomains } from './recheck-domains.use-case.js';
import { RemoveDomain } from './remove-domain.use-case.js';
import { VerifyDomain } from './verify-domain.use-case.js';

const DAY = 24 * 60 * 60 * 1000;
const host = 'academy.acme.example';

function tenant(slug: string, last: number): Tenant {
  return {
    id: `00000000-0000-7000-8000-00000000000${last}`,
    slug,
    name: slug,
    plan: 'growth',
    status: 'active',
    size: 1,
    branding: plainBranding,
    settings: usualSettings,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    version: 1,
  };
}

function arrange() {
  const clock = new FixedClock();
  const tenants = new FakeTenantRepository(tenant('acme', 1), tenant('globex', 2));
  const domains = new FakeDomainRepository();
  const resolver = new FakeDomainResolver();
  const events = new FakeDirectoryEvents();
  const announcer = new FakeTenantAnnouncer();
  const directory = new FakeDirectory();
  const base = new BaseDomain('harka.example');
  const add = new AddDomain(directory, tenants, domains, events, announcer, base, clock);
  const verify = new VerifyDomain(directory, tenants, domains, resolver, events, announcer, clock);
  const remove = new RemoveDomain(directory, tenants, domains, events, announcer);
  const recheck = new RecheckDomains(tenants, domains, verify, clock);
  return { clock, domains, resolver, events, announcer, add, verify, remove, recheck };
}

async function proved() {
  const parts = arrange();
  const { proof } = toView(await parts.add.execute('acme', host));
  parts.resolver.records.set(proof?.name ?? '', ['v=spf1 -all', proof?.value ?? '']);
  await parts.verify.execute('acme', host);
  return { ...parts, proofName: proof?.name ?? '' };
}

describe(AddDomain.name, () => {
  it('claims a domain that leads nowhere yet, and tells the record that proves it', async () => {
    const { add, events } = arrange();
    const view = toView(await add.execute('acme', host));
    expect(view).toMatchObject({ state: 'pending', proof: { name: `_harka.${host}`, type: 'TXT' } });
    expect(view.proof?.value).toMatch(/^harka-verification=[\w-]{32}$/);
    expect(events.types).toEqual(['tenants.domain.added']);
  });

  it('answers the same claim when it is made again', async () => {
    const { add } = arrange();
    expect(await add.execute('acme', host)).toEqual(await add.execute('acme', host));
  });

  it.each(['harka.example', 'globex.harka.example', 'a.b.harka.example'])(
    'refuses %s, at or below the base domain',
    async (below) => {
      await expect(arrange().add.execute('acme', below)).rejects.toMatchObject({
        code: 'domain.below_base_domain',
      });
    },
  );

  it('does not mistake a domain that only ends alike', async () => {
    expect(await arrange().add.execute('acme', 'notharka.example')).toMatchObject({ state: 'pending' });
  });

  it.each(['10.0.0.1', 'printer.local', 'intranet.localhost'])(
    'refuses %s, which is no public name',
    async (name) => {
      await expect(arrange().add.execute('acme', name)).rejects.toMatchObject({ code: 'domain.not_public' });
    },
  );

  it('refuses the claim of another tenant, until it went unproved for three days', async () => {
    const { add, clock, events } = arrange();
    const first = await add.execute('acme', host);
    await expect(add.execute('globex', host)).rejects.toMatchObject({ code: 'domain.taken' });
    clock.advance(3 * DAY);
    const second = await add.execute('globex', host);
    expect(second.proofToken).not.toBe(first.proofToken);
    expect(events.types).toEqual(['tenants.domain.added', 'tenants.domain.removed', 'tenants.domain.added']);
  });
});

describe(VerifyDomain.name, () => {
  it('verifies a domain whose record is there among others', async () => {
    const { domains, events } = await proved();
    expect(domains.rows.get(host)).toMatchObject({ state: 'verified' });
    expect(events.types).toEqual(['tenants.domain.added', 'tenants.domain.verified']);
  });

  it('says what it found and what it expects', async () => {
    const { add, verify, resolver } = arrange();
    await add.execute('acme', host);
    await expect(verify.execute('acme', host)).rejects.toThrow(/no TXT record at _harka\.academy/);
    resolver.records.set(`_harka.${host}`, ['harka-verification=of-somebody-else']);
    await expect(verify.execute('acme', host)).rejects.toThrow(/only "harka-verification=of-somebody-else"/);
  });

  it('does not take the proof of one tenant for another', async () => {
    const { add, verify, domains, resolver } = arrange();
    const { proof } = toView(await add.execute('acme', host));
    await domains.remove(host);
    await add.execute('globex', host);
    resolver.records.set(proof?.name ?? '', [proof?.value ?? '']);
    await expect(verify.execute('globex', host)).rejects.toMatchObject({ code: 'domain.proof_not_found' });
    await expect(verify.execute('acme', host)).rejects.toMatchObject({ code: 'domain.not_found' });
  });

  it('tells silence of DNS from absence', async () => {
    const { add, verify, resolver } = arrange();
    await add.execute('acme', host);
    resolver.broken = true;
    await expect(verify.execute('acme', host)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe(RecheckDomains.name, () => {
  it('looks once a day, and lets a domain lapse three days after its record is gone', async () => {
    const { clock, recheck, resolver, domains, events, proofName } = await proved();
    expect(await recheck.execute()).toBe(0);
    clock.advance(DAY + 1);
    expect(await recheck.execute()).toBe(1);
    resolver.records.delete(proofName);
    for (let day = 0; day < 2; day += 1) {
      clock.advance(DAY + 1);
      await recheck.execute();
    }
    expect(domains.rows.get(host)?.state).toBe('verified');
    clock.advance(DAY + 1);
    await recheck.execute();
    expect(domains.rows.get(host)?.state).toBe('lapsed');
    expect(events.types.at(-1)).toBe('tenants.domain.lapsed');
  });

  it('takes a lapsed domain back when its record is there again', async () => {
    const { clock, recheck, resolver, domains, proofName } = await proved();
    const records = resolver.records.get(proofName) ?? [];
    resolver.records.clear();
    clock.advance(4 * DAY);
    await recheck.execute();
    expect(domains.rows.get(host)?.state).toBe('lapsed');
    resolver.records.set(proofName, records);
    clock.advance(DAY + 1);
    await recheck.execute();
    expect(domains.rows.get(host)?.state).toBe('verified');
  });

  it('lets no domain lapse because a name server is silent', async () => {
    const { clock, recheck, resolver, domains } = await proved();
    resolver.broken = true;
    clock.advance(30 * DAY);
    await recheck.execute();
    expect(domains.rows.get(host)?.state).toBe('verified');
  });
});

describe(RemoveDomain.name, () => {
  it('removes a custom domain of the tenant, never its subdomain, never that of another', async () => {
    const { add, remove, domains } = arrange();
    const { tenantId } = await add.execute('acme', host);
    await domains.insert(subdomain(tenantId, 'acme.harka.example', new Date(0)));
    await expect(remove.execute(tenant('globex', 2).id, host)).rejects.toMatchObject({
      code: 'domain.not_found',
    });
    await expect(remove.execute(tenantId, 'acme.harka.example')).rejects.toMatchObject({
      code: 'domain.subdomain_stays',
    });
    await remove.execute(tenantId, host);
    expect(domains.rows.has(host)).toBe(false);
  });
});
