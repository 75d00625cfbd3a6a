import { describe, expect, it } from '@jest/globals';
import { desiredMaps } from './desired-maps.js';

const terms = { baseDomain: 'harka.example', replicas: 1, pageRequests: 5_000 };
const acme = { id: 'a', slug: 'acme', plan: 'starter', status: 'active' } as const;
const initech = { id: 'i', slug: 'initech', plan: 'enterprise', status: 'suspended' } as const;

describe('what an edge has to know', () => {
  it('is whose a host is, what an academy may send, and who answers it', () => {
    const hosts = [{ host: 'learn.acme.example', tenantId: 'a' }];
    const maps = desiredMaps({ tenants: [acme, initech], hosts }, terms);
    expect(Object.fromEntries(maps.hosts)).toEqual({
      'acme.harka.example': 'a',
      'initech.harka.example': 'i',
      'learn.acme.example': 'a',
    });
    expect(Object.fromEntries(maps.limits)).toEqual({ a: '6200', i: '65000' });
    expect(Object.fromEntries(maps.pools)).toEqual({ i: 'enterprise' });
  });

  it('is a part of the limit where several edges share it, and never less than what is granted in all', () => {
    const { limits } = desiredMaps({ tenants: [acme], hosts: [] }, { ...terms, replicas: 3 });
    expect(limits.get('a')).toBe('2067');
  });

  it('is nothing of an academy that is deleted, nor of a host whose academy is not there', () => {
    const hosts = [
      { host: 'learn.acme.example', tenantId: 'a' },
      { host: 'learn.nobody.example', tenantId: 'n' },
    ];
    const maps = desiredMaps({ tenants: [{ ...acme, status: 'deleted' }], hosts }, terms);
    expect([maps.hosts.size, maps.limits.size, maps.pools.size]).toEqual([0, 0, 0]);
  });
});
