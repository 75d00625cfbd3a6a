import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { REVOKED_SESSIONS } from '#libs/contracts/auth';
import type { TenantRef } from '#libs/tenancy';
import {
  actorOf,
  aPerson,
  authOnShard,
  eventsOf,
  PASSWORD,
  setPolicy,
  type AuthOnShard,
} from '../../testing/index.js';
import type { SignInPolicy } from '../sign-in-policy/sign-in-policy.js';
import { GetUser } from '../user/get-user.use-case.js';
import { EndSession } from './end-session.use-case.js';
import { ListSessions } from './list-sessions.use-case.js';
import { LogIn } from './log-in.use-case.js';
import { LogOut } from './log-out.use-case.js';
import { RefreshSession } from './refresh-session.use-case.js';

describe('signing in', () => {
  let auth: AuthOnShard;
  let here: TenantRef;
  let there: TenantRef;

  beforeAll(async () => {
    auth = await authOnShard();
    [here, there] = auth.shard.tenants as [TenantRef, TenantRef];
  });
  afterAll(async () => {
    await auth.close();
  });
  beforeEach(() => {
    auth.broadcast.published.length = 0;
  });

  const asNobody = <R>(work: () => R, userAgent = 'Browser', tenant = here) =>
    auth.as(tenant, {}, work, { userAgent, ip: '192.0.2.1' });
  const login = (email: string, password = PASSWORD, tenant = here) =>
    asNobody(() => auth.get(LogIn).execute(email, password), 'Browser', tenant);
  const refresh = (token: string, userAgent = 'Browser', tenant = here) =>
    asNobody(() => auth.get(RefreshSession).execute(token), userAgent, tenant);
  const policy = async (rules: Partial<SignInPolicy>) => setPolicy(auth, here, rules);
  const person = async (tenant = here) => (await aPerson(auth, tenant)).user;

  it('gives a session, notes the time and tells it', async () => {
    const somebody = await person();
    const signIn = await login(somebody.email);
    expect(signIn.user.id).toBe(somebody.id);
    const stored = await asNobody(() => auth.get(GetUser).execute(somebody.id));
    expect(stored.lastLoginAt).toEqual(auth.clock.now());
    const started = (await eventsOf(auth, here)).filter(
      ({ type, subject }) => type === 'auth.session.started' && subject === signIn.sessionId,
    );
    expect(started).toHaveLength(1);
  });

  it('refuses a wrong password, an unknown address and a person of another academy in the same words', async () => {
    const somebody = await person(there);
    const attempts = [
      login(somebody.email),
      login('nobody@acme.example'),
      login(somebody.email, 'wrong horse battery', there),
    ];
    const faults = await Promise.all(
      attempts.map((attempt) => attempt.catch((error: unknown) => error as Error)),
    );
    expect(
      new Set(
        faults.map((fault) => JSON.stringify({ ...(fault as object), message: (fault as Error).message })),
      ).size,
    ).toBe(1);
    expect(faults[0]).toMatchObject({ kind: 'unauthenticated', code: 'auth.invalid_credentials' });
  });

  it('locks an account after five failures, known or not, and also against the right password', async () => {
    const somebody = await person();
    for (const email of [somebody.email, 'ghost@acme.example']) {
      for (let time = 0; time < 5; time += 1) {
        await expect(login(email, 'wrong horse battery')).rejects.toMatchObject({
          code: 'auth.invalid_credentials',
        });
      }
      await expect(login(email)).rejects.toMatchObject({
        code: 'auth.locked',
        kind: 'rate_limited',
        retryAfterSeconds: 30,
      });
    }
    auth.clock.advance(31_000);
    await expect(login(somebody.email)).resolves.toBeDefined();
    await expect(login(somebody.email, 'wrong horse battery')).rejects.toMatchObject({
      code: 'auth.invalid_credentials',
    });
    const locked = (await eventsOf(auth, here)).filter(({ type }) => type === 'auth.account.locked');
    expect(locked.map(({ payload }) => payload['userId'])).toEqual([somebody.id, null]);
  });

  it('lets no burst of guesses pass uncounted', async () => {
    const somebody = await person();
    const guesses = Array.from({ length: 200 }, (_, index) => login(somebody.email, `wrong horse ${index}`));
    const faults = await Promise.all(
      guesses.map((guess) => guess.catch((error: unknown) => (error as { code: string }).code)),
    );
    const hashed = faults.filter((code) => code === 'auth.invalid_credentials').length;
    expect(hashed).toBeGreaterThanOrEqual(5);
    expect(hashed).toBeLessThanOrEqual(30);
    expect(faults.filter((code) => code === 'auth.locked')).toHaveLength(200 - hashed);
  });

  it('rotates refresh tokens, and gives parallel tabs one successor', async () => {
    const { refreshToken, sessionId } = await login((await person()).email);
    const tabs = await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)));
    expect(new Set(tabs.map((tab) => tab.refreshToken)).size).toBe(1);
    expect(tabs[0]?.refreshToken).not.toBe(refreshToken);
    expect(tabs[0]?.sessionId).toBe(sessionId);
    await expect(refresh(tabs[0]?.refreshToken ?? '')).resolves.toBeDefined();
  });

  it('ends the session when a spent token comes again, tells everybody and mails its owner', async () => {
    const somebody = await person();
    const { refreshToken, sessionId } = await login(somebody.email);
    const { refreshToken: newest } = await refresh(refreshToken);
    auth.clock.advance(60_000);
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.session_ended' });
    await expect(refresh(newest)).rejects.toMatchObject({ code: 'auth.session_ended' });
    expect(await auth.redis.zscore(REVOKED_SESSIONS, sessionId)).not.toBeNull();
    expect(auth.broadcast.of('session.revoked')).toEqual([{ tenantId: here.id, sessionId }]);
    const about = (await eventsOf(auth, here))
      .filter(({ subject }) => subject === sessionId)
      .map(({ type }) => type);
    expect(about).toEqual(['auth.session.started', 'auth.refresh_token.reused', 'auth.session.ended']);
  });

  it('takes a spent token of another device for stolen at once', async () => {
    const { refreshToken } = await login((await person()).email);
    await refresh(refreshToken);
    await expect(refresh(refreshToken, 'curl')).rejects.toMatchObject({ code: 'auth.session_ended' });
  });

  it('knows no refresh token of another academy, and harms no session by it', async () => {
    const { refreshToken } = await login((await person()).email);
    await expect(refresh(refreshToken, 'Browser', there)).rejects.toMatchObject({
      code: 'auth.session_ended',
    });
    await expect(refresh(refreshToken)).resolves.toBeDefined();
  });

  it('ends a session that was not used for an hour, and every session after thirty days', async () => {
    const somebody = await person();
    const idle = await login(somebody.email);
    auth.clock.advance(3_600_001);
    await expect(refresh(idle.refreshToken)).rejects.toMatchObject({ code: 'auth.session_ended' });
    let { refreshToken } = await login(somebody.email);
    await policy({ idleSeconds: 86_400 });
    for (let day = 0; day < 29; day += 1) {
      auth.clock.advance(86_400_000 - 1_000);
      ({ refreshToken } = await refresh(refreshToken));
    }
    auth.clock.advance(86_400_000);
    await expect(refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.session_ended' });
    await policy({});
  });

  it('signs out by the access token, and by the refresh token alone', async () => {
    const somebody = await person();
    const [one, other] = [await login(somebody.email), await login(somebody.email)];
    await auth.as(here, actorOf(somebody, one.sessionId), () => auth.get(LogOut).execute(undefined));
    await asNobody(() => auth.get(LogOut).execute(other.refreshToken));
    for (const { refreshToken, sessionId } of [one, other]) {
      await expect(refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.session_ended' });
      expect(await auth.redis.zscore(REVOKED_SESSIONS, sessionId)).not.toBeNull();
    }
    expect(await auth.redis.ttl(REVOKED_SESSIONS)).toBeGreaterThan(900);
    await expect(asNobody(() => auth.get(LogOut).execute(undefined))).resolves.toBeUndefined();
  });

  it('lists own sessions, ends them, and finds none of others', async () => {
    const [somebody, stranger] = [await person(), await person()];
    const { sessionId } = await login(somebody.email);
    const list = () => asNobody(() => auth.get(ListSessions).execute(somebody.id));
    expect((await list()).map(({ id }) => id)).toContain(sessionId);
    const end = (userId: string, tenant = here) =>
      asNobody(() => auth.get(EndSession).execute(sessionId, userId), 'Browser', tenant);
    await expect(end(stranger.id)).rejects.toMatchObject({ code: 'session.not_found' });
    await expect(end(somebody.id, there)).rejects.toMatchObject({ code: 'session.not_found' });
    await end(somebody.id);
    expect((await list()).map(({ id }) => id)).not.toContain(sessionId);
  });
});
