import { beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { SignInPolicyView } from '#libs/contracts/auth';
import { anAcademy, type Academy } from '../support/academy.js';
import { Site } from '../support/platform.js';

const BOUND_MS = 5_000;
const PATH = '/api/v1/sign-in-policy';

describe('sessions that are open when the rules change', () => {
  let academy: Academy;

  beforeAll(async () => {
    academy = await anAcademy(`open-${Date.now().toString(36)}`);
  }, 120_000);

  const login = async () => {
    const { accessToken, refreshToken } = await new Site(academy.slug).send<{
      accessToken: string;
      refreshToken: string;
    }>('POST', '/api/v1/auth/login', {
      ...{ email: academy.ownerEmail, password: academy.password, delivery: 'body' },
    });
    return { site: new Site(academy.slug).as(accessToken), refreshToken };
  };
  const change = async (by: Site, rules: object) => {
    const { headers, json } = await by.call({ path: PATH });
    const told = ['requiredSince', 'updatedAt', 'ownAddress'];
    const before = Object.fromEntries(
      Object.entries(json as SignInPolicyView).filter(([name]) => !told.includes(name)),
    );
    const body = { ...before, ...rules, confirmLockout: true };
    return by.send('PUT', PATH, body, { 'if-match': String(headers['etag']) });
  };
  const statusOf = async (site: Site) => (await site.call({ path: '/api/v1/auth/me' })).status;
  async function refusedWithin(site: Site, ms: number): Promise<boolean> {
    const until = Date.now() + ms;
    while (Date.now() < until) {
      if ((await statusOf(site)) === 401) return true;
      await delay(100);
    }
    return false;
  }
  const refresh = async (refreshToken: string) =>
    new Site(academy.slug).call({
      ...{ method: 'POST', path: '/api/v1/auth/refresh' },
      body: { refreshToken },
    });

  it('have to be refreshed within seconds of a new rule, and follow it from there', async () => {
    const [one, other] = [await login(), await login()];
    expect([await statusOf(one.site), await statusOf(other.site)]).toEqual([200, 200]);
    // Tokens are told apart by the second in which they were given out.
    await delay(1_100);
    await change(one.site, { stepUpMinutes: 15 });
    expect(await refusedWithin(other.site, BOUND_MS)).toBe(true);
    const refreshed = await refresh(other.refreshToken);
    expect(refreshed.status).toBe(200);
    const again = new Site(academy.slug).as((refreshed.json as { accessToken: string }).accessToken);
    expect(await statusOf(again)).toBe(200);

    await delay(1_100);
    const admin = await login();
    await change(admin.site, { allowedNetworks: ['203.0.113.0/24'] });
    expect(await refusedWithin(again, BOUND_MS)).toBe(true);
    const { refreshToken } = refreshed.json as { refreshToken: string };
    expect((await refresh(refreshToken)).status).toBe(401);
  });
});
