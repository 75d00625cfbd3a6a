import { describe, expect, it } from '@jest/globals';
import type { PlatformConfig } from '#libs/service';
import { FakeShardDirectory } from '#libs/sharding/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aTenant } from '#libs/tenancy/testing';
import { DirectoryTenantProfiles } from './tenant-profile.directory.js';

const [acme, globex] = [aTenant(), aTenant({ slug: 'globex' })];
const shard = { name: 's', tier: 'small', url: 'postgres://x/y', state: 'open' } as const;

function profiles(base = 'localhost', settings: unknown = {}) {
  const directory = new FakeShardDirectory();
  for (const tenant of [acme, globex]) directory.add(tenant, shard);
  directory.tenantsById.set(acme.id, { ...acme, branding: { primaryColor: 'red' }, settings });
  for (const host of ['acme.localhost', 'academy.acme.example']) directory.tenantIdByHost.set(host, acme.id);
  directory.tenantIdByHost.set('globex.localhost', globex.id);
  return new DirectoryTenantProfiles(directory, {
    HARKA_BASE_DOMAIN: base,
    HARKA_PORT: 8080,
  } as PlatformConfig);
}
const inAcme = <R>(work: () => R) => runInContext(aContext({ tenant: acme }), work);
const origin = (scheme: 'http' | 'https', host: string) =>
  inAcme(() => profiles().linkOrigin({ scheme, host }));

describe(DirectoryTenantProfiles.name, () => {
  it('leads links to the host that was asked, where it is the tenant’s own', async () => {
    expect(await origin('http', 'acme.localhost:8080')).toBe('http://acme.localhost:8080');
    expect(await origin('https', 'academy.acme.example')).toBe('https://academy.acme.example');
    expect(await origin('https', 'ACADEMY.acme.example')).toBe('https://academy.acme.example');
  });

  it.each([
    ['globex.localhost:8080', 'http://acme.localhost:8080'],
    ['localhost:8080', 'http://acme.localhost:8080'],
    ['evil.example', 'http://acme.localhost'],
    ['evil.example:8080', 'http://acme.localhost'],
    ['evillocalhost:99', 'http://acme.localhost'],
    ['acme.localhost@evil.example', 'http://acme.localhost'],
    ['evil.example/acme.localhost', 'http://acme.localhost'],
    ['', 'http://acme.localhost'],
    ['%', 'http://acme.localhost'],
  ])('leads links of a request at %p to the tenant’s subdomain', async (host, expected) => {
    expect(await origin('http', host)).toBe(expected);
  });

  it('catches up with the directory for the latest one, and not otherwise', async () => {
    const directory = new FakeShardDirectory();
    directory.add(acme, shard);
    const read = new DirectoryTenantProfiles(directory, { HARKA_BASE_DOMAIN: 'localhost' } as PlatformConfig);
    await inAcme(() => read.current());
    expect(directory.refreshes).toBe(0);
    await inAcme(() => read.latest());
    expect(directory.refreshes).toBe(1);
  });

  it('takes settings that it cannot read for closed doors', async () => {
    const read = (settings: unknown) => inAcme(() => profiles('localhost', settings).current());
    expect(await read({})).toMatchObject({ registration: 'invite', emailDomains: [] });
    expect(await read({ registration: 'whatever' })).toMatchObject({ registration: 'invite' });
    const open = { registration: 'domain', emailDomains: ['acme.example'], locale: 'en', later: 1 };
    expect(await read(open)).toMatchObject({ registration: 'domain', emailDomains: ['acme.example'] });
    expect((await read({})).primaryColor).toMatch(/^#/);
  });
});
