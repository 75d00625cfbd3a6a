import { describe, expect, it } from '@jest/globals';
import { aTenant } from '../testing/index.js';
import { agreedTenantId, requireServing, tenantSources, type NamedTenants } from './tenant-resolver.js';

const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};
const pairs = tenantSources.flatMap((higher, index) =>
  tenantSources.slice(index + 1).map((lower) => [higher, lower] as const),
);
const naming = (entries: Record<string, string | null>): NamedTenants => entries;

describe('agreedTenantId', () => {
  it.each(tenantSources)('takes the tenant that %s alone names', (source) => {
    expect(agreedTenantId(naming({ [source]: 'a' }))).toBe('a');
  });

  it.each(pairs)('takes the tenant that %s and %s both name', (higher, lower) => {
    expect(agreedTenantId(naming({ [higher]: 'a', [lower]: 'a' }))).toBe('a');
  });

  it.each(pairs)('refuses a request whose %s and %s name different tenants', (higher, lower) => {
    expect(code(() => agreedTenantId(naming({ [higher]: 'a', [lower]: 'b' })))).toBe('tenant.mismatch');
  });

  it.each(pairs)('never falls from an unknown %s to the %s', (higher, lower) => {
    expect(code(() => agreedTenantId(naming({ [higher]: null, [lower]: 'b' })))).toBe('tenant.not_found');
  });

  it('does not find a tenant that nobody names', () => {
    expect(code(() => agreedTenantId({}))).toBe('tenant.not_found');
  });

  it('sees a third source that disagrees with the first two', () => {
    expect(code(() => agreedTenantId({ subdomain: 'a', apiKey: 'a', token: 'b' }))).toBe('tenant.mismatch');
  });
});

describe('requireServing', () => {
  it('passes an active tenant', () => {
    const tenant = aTenant();
    expect(requireServing(tenant)).toBe(tenant);
  });

  it('names a suspended tenant as suspended', () => {
    expect(code(() => requireServing(aTenant({ status: 'suspended' })))).toBe('tenant.suspended');
  });

  it.each(['provisioning', 'deleted'] as const)('hides a tenant that is %s', (status) => {
    expect(code(() => requireServing(aTenant({ status })))).toBe('tenant.not_found');
  });

  it('hides an unknown tenant alike', () => {
    expect(code(() => requireServing(null))).toBe('tenant.not_found');
  });
});
