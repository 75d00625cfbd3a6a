import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { newId } from '#libs/kernel';
import type { ApiKeyRoute } from '#libs/sharding';
import { ApiKeys } from './api-keys.js';

const secret = 'A'.repeat(43);
const key = `hk_abcdefghijkl_${secret}`;
const aRoute = (overrides: Partial<ApiKeyRoute> = {}): ApiKeyRoute => ({
  prefix: 'abcdefghijkl',
  tenantId: newId(),
  hash: createHash('sha256').update(key).digest(),
  scopes: ['courses.read', 'courses.author'],
  role: 'admin',
  revoked: false,
  expiresAt: null,
  ...overrides,
});
const setUp = (first: ApiKeyRoute | null) => {
  const state = { route: first, used: 0 };
  const apiKey = async (prefix: string) => (state.route?.prefix === prefix ? state.route : null);
  const keys = new ApiKeys({ directory: { apiKey }, used: () => (state.used += 1), now: () => 1_000 });
  return { state, keys };
};
const refused = { kind: 'unauthenticated', code: 'auth.api_key_invalid' };

describe(ApiKeys.name, () => {
  it('opens one passport for a key, however often it is used', async () => {
    const route = aRoute();
    const { keys, state } = setUp(route);
    const passport = await keys.verify(key);
    expect(passport).toMatchObject({
      tenantId: route.tenantId,
      actor: { kind: 'api_key', id: 'abcdefghijkl', permissions: ['courses.read', 'courses.author'] },
    });
    expect(await keys.verify(key)).toBe(passport);
    expect(state.used).toBe(2);
  });

  it('never lets a key do more than its role', async () => {
    const { keys } = setUp(aRoute({ role: 'learner', scopes: ['courses.read', 'users.manage', 'made.up'] }));
    expect((await keys.verify(key)).actor.permissions).toEqual(['courses.read']);
  });

  it('follows the directory: what was revoked or given less a moment ago counts at once', async () => {
    const { keys, state } = setUp(aRoute());
    await keys.verify(key);
    state.route = aRoute({ scopes: ['courses.read'] });
    expect((await keys.verify(key)).actor.permissions).toEqual(['courses.read']);
    state.route = aRoute({ revoked: true });
    await expect(keys.verify(key)).rejects.toMatchObject(refused);
  });

  it('refuses a key of whose end it heard before the directory did', async () => {
    const { keys } = setUp(aRoute());
    await keys.verify(key);
    keys.hearRevoked('abcdefghijkl');
    await expect(keys.verify(key)).rejects.toMatchObject(refused);
  });

  it.each([
    ['another secret', aRoute(), `hk_abcdefghijkl_${'B'.repeat(43)}`],
    ['an unknown prefix', null, key],
    ['an expired key', aRoute({ expiresAt: new Date(1_000) }), key],
    ['no key at all', aRoute(), 'secret'],
    ['two keys', aRoute(), `${key}, ${key}`],
  ])('refuses %s, in the same words', async (_, route, given) => {
    await expect(setUp(route).keys.verify(given)).rejects.toMatchObject(refused);
  });
});
