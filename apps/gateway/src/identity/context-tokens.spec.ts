import { describe, expect, it } from '@jest/globals';
import type { Identity } from '#libs/tenancy';
import { aTenant, aUser } from '#libs/tenancy/testing';
import { ContextTokens } from './context-tokens.js';
import { passportOf } from './passport.js';

const setUp = () => {
  const signed: { identity: Identity; audience: string }[] = [];
  const clock = { at: 0 };
  const sign = async (identity: Identity, audience: string): Promise<string> => {
    signed.push({ identity, audience });
    return `token ${signed.length}`;
  };
  return { signed, clock, contexts: new ContextTokens({ sign }, () => clock.at) };
};

describe(ContextTokens.name, () => {
  const tenant = aTenant();
  const passport = () => passportOf(tenant.id, aUser());

  it('signs once for many requests of a session to a service', async () => {
    const { contexts, signed, clock } = setUp();
    const one = passport();
    expect(await contexts.of(one, tenant, 'courses')).toBe('token 1');
    clock.at += 20_000;
    expect(contexts.of(one, { ...tenant }, 'courses')).toBe('token 1');
    expect(signed).toHaveLength(1);
  });

  it('signs anew before the service would refuse it', async () => {
    const { contexts, clock } = setUp();
    const one = passport();
    await contexts.of(one, tenant, 'courses');
    clock.at += 24_000;
    expect(await contexts.of(one, tenant, 'courses')).toBe('token 2');
  });

  it('signs for each service on its own', async () => {
    const { contexts, signed } = setUp();
    const one = passport();
    await contexts.of(one, tenant, 'courses');
    await contexts.of(one, tenant, 'media');
    expect(signed.map(({ audience }) => audience)).toEqual(['courses', 'media']);
  });

  it.each([{ plan: 'enterprise' as const }, { name: 'Renamed' }, { status: 'suspended' as const }])(
    'signs anew when the tenant changes: %p',
    async (change) => {
      const { contexts } = setUp();
      const one = passport();
      await contexts.of(one, tenant, 'courses');
      expect(await contexts.of(one, { ...tenant, ...change }, 'courses')).toBe('token 2');
    },
  );

  it('puts into the token what a tenant is, and nothing else that the directory knows', async () => {
    const { contexts, signed } = setUp();
    await contexts.of(passport(), { ...tenant, branding: { logo: 'x' } } as typeof tenant, 'courses');
    expect(Object.keys(signed[0]?.identity.tenant ?? {})).toEqual(['id', 'slug', 'name', 'plan', 'status']);
  });
});
