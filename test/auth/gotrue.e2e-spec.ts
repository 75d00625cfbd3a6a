import { beforeAll, describe, expect, it } from '@jest/globals';
import { GoTrueClient } from '@supabase/auth-js';
import type { SignInPolicyView } from '#libs/contracts/auth';
import { anAcademy, type Academy } from '../support/academy.js';
import { signIn, Site, type Call } from '../support/platform.js';

describe('the client of GoTrue, against an academy', () => {
  let academy: Academy;
  let site: Site;

  beforeAll(async () => {
    academy = await anAcademy(`gotrue-${Date.now().toString(36)}`);
    site = new Site(academy.slug);
  }, 120_000);

  /** As the library makes it; only `*.localhost` is dialled by its address. */
  const client = () => {
    const fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
      const { pathname, search } = new URL(String(input));
      const headers = Object.fromEntries(new Headers(init.headers));
      const answer = await site.call({
        method: (init.method ?? 'GET') as NonNullable<Call['method']>,
        path: pathname + search,
        headers,
        ...(typeof init.body === 'string' ? { body: Buffer.from(init.body) } : {}),
      });
      const body = answer.status === 204 ? null : answer.text;
      return new Response(body, { status: answer.status, headers: { 'content-type': 'application/json' } });
    };
    return new GoTrueClient({
      url: `${site.origin}/auth/v1`,
      ...{ persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      fetch,
    });
  };
  const who = () => ({ email: academy.ownerEmail, password: academy.password });

  it('signs in, says who it is, renews, and signs out here, elsewhere and everywhere', async () => {
    const [here, there] = [client(), client()];
    const { data, error } = await here.signInWithPassword(who());
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email: academy.ownerEmail, app_metadata: { role: 'owner' } });
    expect((await there.signInWithPassword(who())).error).toBeNull();

    const { data: renewed, error: notRenewed } = await here.refreshSession();
    expect([notRenewed, renewed.session?.refresh_token === data.session?.refresh_token]).toEqual([
      null,
      false,
    ]);
    expect((await here.getUser()).data.user?.id).toBe(data.user?.id);

    expect((await here.signOut({ scope: 'others' })).error).toBeNull();
    expect((await there.refreshSession()).error).toMatchObject({
      status: 400,
      code: 'refresh_token_not_found',
    });
    expect((await here.refreshSession()).error).toBeNull();
    expect((await there.signInWithPassword(who())).error).toBeNull();
    expect((await there.signOut({ scope: 'local' })).error).toBeNull();
    expect((await here.refreshSession()).error).toBeNull();
    expect((await there.signInWithPassword(who())).error).toBeNull();
    const { data: last } = await here.getSession();
    expect((await there.signOut()).error).toBeNull();
    const token = last.session?.refresh_token ?? '';
    expect((await client().refreshSession({ refresh_token: token })).error?.status).toBe(400);
  });

  it('hears what is wrong in its own words', async () => {
    const wrong = await client().signInWithPassword({ ...who(), password: 'not the password' });
    expect(wrong.error).toMatchObject({
      ...{
        name: 'AuthApiError',
        status: 400,
        code: 'invalid_credentials',
        message: 'Invalid login credentials',
      },
    });
    const nobody = await client().signInWithPassword({
      email: 'nobody@acme.example',
      password: 'not the password',
    });
    expect(nobody.error).toMatchObject({ status: 400, code: 'invalid_credentials' });
    const invented = await client().refreshSession({ refresh_token: 'invented' });
    expect(invented.error).toMatchObject({ status: 400, code: 'refresh_token_not_found' });
    expect((await client().getUser('not-a-token')).error).toMatchObject({ status: 401, code: 'bad_jwt' });
  });

  it('is held to the second step like everybody, and told where it goes on', async () => {
    const path = '/api/v1/sign-in-policy';
    const owner = await signIn(academy.slug, academy.ownerEmail, academy.password);
    const before = await owner.call({ path });
    const rules = Object.entries(before.json as SignInPolicyView).filter(
      ([name]) => !['requiredSince', 'updatedAt', 'ownAddress'].includes(name),
    );
    const body = { ...Object.fromEntries(rules), mfa: 'all', graceDays: 0 };
    await owner.send('PUT', path, body, { 'if-match': String(before.headers['etag']) });
    const { error, data } = await client().signInWithPassword(who());
    expect(error).toMatchObject({ status: 403, code: 'insufficient_aal' });
    expect(data.session).toBeNull();
    const answer = await site.call({
      ...{ method: 'POST', path: '/auth/v1/token?grant_type=password', body: who() },
    });
    expect(answer.json).toMatchObject({ secondStep: { mfaRequired: true, challengeId: expect.any(String) } });
  });
});
