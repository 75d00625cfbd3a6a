import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Entitlements } from '#libs/entitlements';
import type { TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import {
  actorOf,
  anActor,
  anInvited,
  aPerson,
  authOnShard,
  codeOf,
  eventsOf,
  mailsOf,
  PASSWORD,
  site,
  tokenOfLastMail,
  type AuthOnShard,
} from '../../testing/index.js';
import { AcceptInvitation } from '../invitation/accept-invitation.use-case.js';
import { AskPasswordReset } from '../password/ask-password-reset.use-case.js';
import { ChangePassword } from '../password/change-password.use-case.js';
import { RequestPasswordReset } from '../password/request-password-reset.use-case.js';
import { ResetPassword } from '../password/reset-password.use-case.js';
import { LogIn } from '../session/log-in.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import { DeactivateUser } from '../user/deactivate-user.use-case.js';
import { Register } from './register.use-case.js';
import { VerifyEmail } from './verify-email.use-case.js';

const OTHER = 'another horse battery';

describe('registration and passwords', () => {
  let auth: AuthOnShard;
  let here: TenantRef;
  let there: TenantRef;
  let address = 0;

  beforeAll(async () => {
    auth = await authOnShard();
    [here, there] = auth.shard.tenants as [TenantRef, TenantRef];
    for (const tenant of [here, there]) settle(tenant, { registration: 'open', emailDomains: [] });
  });
  afterAll(async () => {
    await auth.close();
  });

  /** Gives a tenant its settings in the directory. */
  function settle(tenant: TenantRef, settings: object): void {
    auth.shard.directory.tenantsById.set(tenant.id, { ...tenant, branding: {}, settings });
  }
  // Each call from an address of its own, so that budgets of addresses do not meet.
  const asNobody = <R>(work: () => R, tenant = here) => {
    address += 1;
    return auth.as(tenant, {}, work, { userAgent: 'Browser', ip: `198.51.100.${address}` });
  };
  const register = (email: string, tenant = here, password = PASSWORD) =>
    asNobody(() => auth.get(Register).execute({ email, name: 'New Person', password }, site), tenant);
  const verify = (token: string, tenant = here) =>
    asNobody(() => auth.get(VerifyEmail).execute(token), tenant);
  const login = (email: string, password = PASSWORD) =>
    asNobody(() => auth.get(LogIn).execute(email, password));

  /** Asks as a browser does, and lets the job run. Answers the mails that came of it. */
  async function forgot(email: string, tenant = here) {
    const before = (await mailsOf(auth, tenant)).length;
    await asNobody(() => auth.get(AskPasswordReset).execute(email, site), tenant);
    const jobs = auth.queue.jobs.splice(0).map(({ payload }) => payload as { email: string; origin: string });
    for (const job of jobs) {
      await asNobody(() => auth.get(RequestPasswordReset).execute(job.email, job.origin), tenant);
    }
    return (await mailsOf(auth, tenant)).slice(before);
  }
  const reset = (token: string, password = OTHER, tenant = here) =>
    asNobody(() => auth.get(ResetPassword).execute(token, password), tenant);

  it('makes a learner of who proves the address, with a seat, and not before', async () => {
    const used = () => auth.as(here, {}, () => auth.get(Entitlements).used('users'));
    const before = await used();
    await register('new@acme.example');
    expect(await used()).toBe(before);
    expect(await codeOf(login('new@acme.example'))).toBe('auth.email_not_verified');
    expect(await codeOf(login('new@acme.example', OTHER))).toBe('auth.invalid_credentials');
    const token = await tokenOfLastMail(auth, here);
    expect(await codeOf(verify(token, there))).toBe('auth.link_invalid');
    expect((await Promise.all([codeOf(verify(token)), codeOf(verify(token))])).toSorted()).toEqual(
      [null, 'auth.link_invalid'].toSorted(),
    );
    const { user } = await login('new@acme.example');
    expect(user).toMatchObject({ role: 'learner', status: 'active' });
    expect(await used()).toBe(before + 1);
    const about = (await eventsOf(auth, here))
      .filter(({ subject }) => subject === user.id)
      .map(({ type }) => type);
    expect(about).toEqual(['auth.user.created', 'auth.user.activated', 'auth.password.changed']);
  });

  it('answers the same for an address that is known, whose owner gets a mail', async () => {
    const { user } = await aPerson(auth, here);
    await expect(register(user.email)).resolves.toBeUndefined();
    expect((await mailsOf(auth, here)).at(-1)).toMatchObject({
      template: 'account_exists',
      to: { email: user.email },
    });
    await expect(login(user.email)).resolves.toBeDefined();
  });

  it('keeps closed doors closed', async () => {
    const closed = await auth.shard.admit(aTenant({ slug: 'closed' }));
    settle(closed, { registration: 'invite', emailDomains: [] });
    expect(await codeOf(register('x@acme.example', closed))).toBe('auth.registration_closed');
    settle(closed, {});
    expect(await codeOf(register('x@acme.example', closed))).toBe('auth.registration_closed');
    settle(closed, { registration: 'domain', emailDomains: ['acme.example'] });
    for (const foreign of ['x@evil.example', 'x@sub.acme.example', 'x@acme.example.evil.example']) {
      expect(await codeOf(register(foreign, closed))).toBe('auth.email_domain_not_allowed');
    }
    expect(await codeOf(register('x@acme.example', closed))).toBeNull();
    settle(closed, { registration: 'invite', emailDomains: [] });
    expect(await codeOf(verify(await tokenOfLastMail(auth, closed), closed))).toBe(
      'auth.registration_closed',
    );
  });

  it('mails one address only so often', async () => {
    const before = (await mailsOf(auth, here)).length;
    for (let time = 0; time < 6; time += 1) await register('flood@acme.example');
    expect((await mailsOf(auth, here)).length - before).toBe(3);
  });

  it('forgets a registration after a day', async () => {
    await register('late@acme.example');
    const token = await tokenOfLastMail(auth, here);
    auth.clock.advance(24 * 3_600_000 + 1);
    expect(await codeOf(verify(token))).toBe('auth.link_invalid');
    expect(await codeOf(login('late@acme.example'))).toBe('auth.invalid_credentials');
  });

  it('sets a new password by a mailed link, once, and ends all sessions', async () => {
    const { user, refreshToken } = await aPerson(auth, here);
    expect(await forgot(user.email)).toMatchObject([{ template: 'password_reset' }]);
    const token = await tokenOfLastMail(auth, here);
    expect(await codeOf(reset(token, OTHER, there))).toBe('auth.link_invalid');
    expect(await codeOf(reset(token, 'password123'))).toBe('auth.password_common');
    expect((await Promise.all([codeOf(reset(token)), codeOf(reset(token))])).toSorted()).toEqual(
      [null, 'auth.link_invalid'].toSorted(),
    );
    expect(await codeOf(login(user.email))).toBe('auth.invalid_credentials');
    await expect(login(user.email, OTHER)).resolves.toBeDefined();
    expect(await codeOf(asNobody(() => auth.get(RefreshSession).execute(refreshToken)))).toBe(
      'auth.session_ended',
    );
    expect((await mailsOf(auth, here)).map(({ template }) => template)).toContain('password_changed');
  });

  it('opens a locked account by the link', async () => {
    const { user } = await aPerson(auth, here);
    for (let time = 0; time < 5; time += 1) await codeOf(login(user.email, OTHER));
    expect(await codeOf(login(user.email))).toBe('auth.locked');
    await forgot(user.email);
    await reset(await tokenOfLastMail(auth, here));
    await expect(login(user.email, OTHER)).resolves.toBeDefined();
  });

  it('mails nothing to strangers and to who has no access, and the invitation to who has yet to accept', async () => {
    const { user } = await aPerson(auth, here);
    await auth.as(here, anActor('owner'), () => auth.get(DeactivateUser).execute(user.id));
    expect(await forgot(user.email)).toEqual([]);
    expect(await forgot('nobody@acme.example')).toEqual([]);
    const invited = await anInvited(auth, here);
    expect(await forgot(invited.email)).toMatchObject([{ template: 'invitation' }]);
    const token = await tokenOfLastMail(auth, here);
    const accepted = await asNobody(() => auth.get(AcceptInvitation).execute({ token, password: PASSWORD }));
    expect(accepted.user.status).toBe('active');
  });

  it('lets a link to a new password run out after an hour, and a second one replace it', async () => {
    const { user } = await aPerson(auth, here);
    await forgot(user.email);
    const first = await tokenOfLastMail(auth, here);
    await forgot(user.email);
    const second = await tokenOfLastMail(auth, here);
    expect(await codeOf(reset(first))).toBe('auth.link_invalid');
    auth.clock.advance(3_600_001);
    expect(await codeOf(reset(second))).toBe('auth.link_invalid');
  });

  it('changes a password for who knows the old one, and signs out other devices', async () => {
    const { user, sessionId, refreshToken } = await aPerson(auth, here);
    const elsewhere = await login(user.email);
    const change = (currentPassword: string, newPassword = OTHER) =>
      auth.as(here, actorOf(user, sessionId), () =>
        auth.get(ChangePassword).execute(user.id, { currentPassword, newPassword }),
      );
    expect(await codeOf(change('wrong horse battery'))).toBe('auth.wrong_password');
    expect(await codeOf(change(PASSWORD, 'short'))).toBe('auth.password_too_short');
    expect(await codeOf(change(PASSWORD))).toBeNull();
    const refresh = (token: string) => codeOf(asNobody(() => auth.get(RefreshSession).execute(token)));
    expect(await refresh(elsewhere.refreshToken)).toBe('auth.session_ended');
    expect(await refresh(refreshToken)).toBeNull();
    for (let time = 0; time < 5; time += 1) await codeOf(change('wrong horse battery'));
    expect(await codeOf(change(OTHER, PASSWORD))).toBe('auth.locked');
  });
});
