import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserPatch } from '#libs/contracts/auth';
import type { Actor, TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import {
  actorOf,
  anActor,
  aPerson,
  authOnShard,
  codeOf,
  eventsOf,
  PASSWORD,
  type AuthOnShard,
} from '../../testing/index.js';
import { CreateApiKey } from '../api-key/create-api-key.use-case.js';
import { LogIn } from '../session/log-in.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import { DeactivateUser } from './deactivate-user.use-case.js';
import { GetUser } from './get-user.use-case.js';
import { ReactivateUser } from './reactivate-user.use-case.js';
import { UpdateProfile } from './update-profile.use-case.js';
import { UpdateUser } from './update-user.use-case.js';
import { UserReadModel } from './user.read-model.js';

describe('managing people', () => {
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

  const owner = anActor('owner');
  const as = <R>(actor: Actor, work: () => R, tenant = here) => auth.as(tenant, actor, work);
  const show = (id: string, tenant = here) => as(owner, () => auth.get(GetUser).execute(id), tenant);
  const update = async (id: string, patch: UserPatch, actor = owner, tenant = here) => {
    const { version } = await show(id, tenant);
    return as(actor, () => auth.get(UpdateUser).execute(id, patch, String(version)), tenant);
  };
  const deactivate = (id: string, actor = owner, tenant = here) =>
    as(actor, () => auth.get(DeactivateUser).execute(id), tenant);
  const login = (email: string) => auth.as(here, {}, () => auth.get(LogIn).execute(email, PASSWORD));

  it('shows nobody of another academy, and changes nobody there', async () => {
    const { user } = await aPerson(auth, here);
    expect(await codeOf(show(user.id, there))).toBe('user.not_found');
    const change = as(owner, () => auth.get(UpdateUser).execute(user.id, { name: 'X' }, '1'), there);
    expect(await codeOf(change)).toBe('user.not_found');
    expect(await codeOf(deactivate(user.id, owner, there))).toBe('user.not_found');
    expect(await codeOf(as(owner, () => auth.get(ReactivateUser).execute(user.id), there))).toBe(
      'user.not_found',
    );
    const page = await as(owner, () => auth.get(UserReadModel).page({ limit: 100 }), there);
    expect(page.items).toEqual([]);
    expect(await show(user.id)).toMatchObject({ status: 'active', name: user.name });
  });

  it('refuses a manager of another academy', async () => {
    const [{ user }, { user: stranger }] = [await aPerson(auth, here), await aPerson(auth, there)];
    expect(await codeOf(update(user.id, { managerId: stranger.id }))).toBe('user.manager_not_found');
    const { user: manager } = await aPerson(auth, here);
    expect(await update(user.id, { managerId: manager.id })).toMatchObject({ managerId: manager.id });
  });

  it('takes one of two changes that were made from the same state', async () => {
    const { user } = await aPerson(auth, here);
    const { version } = await show(user.id);
    const change = (name: string) =>
      codeOf(as(owner, () => auth.get(UpdateUser).execute(user.id, { name }, String(version))));
    expect((await Promise.all([change('One'), change('Two')])).toSorted()).toEqual(
      [null, 'user.changed'].toSorted(),
    );
  });

  it('tells all about the person after a change, and leaves what was not given', async () => {
    const { user } = await aPerson(auth, here);
    await update(user.id, { department: 'Bakery', team: null });
    const last = (await eventsOf(auth, here)).at(-1);
    expect(last).toMatchObject({ type: 'auth.user.updated', subject: user.id });
    expect(last?.payload).toEqual({
      ...{ userId: user.id, email: user.email, name: user.name, role: 'learner', status: 'active' },
      ...{ department: 'Bakery', team: null, teamId: null, managerId: null, locale: null, timeZone: null },
    });
  });

  it('signs out who may do less than before, and not who may do more', async () => {
    const { user, refreshToken } = await aPerson(auth, here);
    const refresh = (token: string) =>
      auth.as(here, {}, () => auth.get(RefreshSession).execute(token), { userAgent: 'Browser' });
    await update(user.id, { role: 'author' });
    const renewed = await refresh(refreshToken);
    expect(renewed.user.role).toBe('author');
    await update(user.id, { role: 'viewer' });
    expect(await codeOf(refresh(renewed.refreshToken))).toBe('auth.session_ended');
  });

  it('takes everything from who is deactivated, and gives the sign-in back with the access', async () => {
    const { user, refreshToken } = await aPerson(auth, here, 'admin');
    const actor = actorOf(user);
    const { apiKey } = await as(actor, () =>
      auth.get(CreateApiKey).execute({ name: 'Key', scopes: ['users.read'], expiresAt: null }),
    );
    await deactivate(user.id);
    expect(await codeOf(login(user.email))).toBe('auth.invalid_credentials');
    const refreshed = auth.as(here, {}, () => auth.get(RefreshSession).execute(refreshToken), {
      userAgent: 'Browser',
    });
    expect(await codeOf(refreshed)).toBe('auth.session_ended');
    const [route] = await auth.directory.query<{ revoked: boolean }>(
      'SELECT revoked_at IS NOT NULL AS revoked FROM directory.api_keys WHERE prefix = $1',
      [apiKey.prefix],
    );
    expect(route).toEqual({ revoked: true });
    await as(owner, () => auth.get(ReactivateUser).execute(user.id));
    await expect(login(user.email)).resolves.toBeDefined();
  });

  it('keeps at least one owner, also when two take each other’s access away', async () => {
    const tenant = await auth.shard.admit(aTenant({ slug: 'duo' }));
    const [{ user: one }, { user: two }] = [
      await aPerson(auth, tenant, 'owner'),
      await aPerson(auth, tenant, 'owner'),
    ];
    const outcomes = await Promise.all([
      codeOf(deactivate(two.id, actorOf(one), tenant)),
      codeOf(deactivate(one.id, actorOf(two), tenant)),
    ]);
    expect(outcomes.filter((code) => code === null)).toHaveLength(1);
    expect(outcomes.filter((code) => code !== null)).toEqual(['user.last_owner']);
    const last = outcomes[0] === null ? one : two;
    expect(await codeOf(update(last.id, { role: 'admin' }, actorOf(last), tenant))).toBe('user.last_owner');
    expect(await codeOf(deactivate(last.id, actorOf(last), tenant))).toBe('user.own_account');
  });

  it('keeps owners out of the hands of admins', async () => {
    const [{ user: admin }, { user: boss }] = [
      await aPerson(auth, here, 'admin'),
      await aPerson(auth, here, 'owner'),
    ];
    expect(await codeOf(update(boss.id, { name: 'X' }, actorOf(admin)))).toBe('user.owner_only');
    expect(await codeOf(deactivate(boss.id, actorOf(admin)))).toBe('user.owner_only');
    expect(await codeOf(update(admin.id, { role: 'owner' }, actorOf(admin)))).toBe('user.owner_only');
  });

  it('lets people change their own name', async () => {
    const { user } = await aPerson(auth, here);
    const changed = await as(actorOf(user), () =>
      auth.get(UpdateProfile).execute(user.id, { name: 'New Name', locale: 'de' }),
    );
    expect(changed).toMatchObject({ name: 'New Name', locale: 'de', role: 'learner' });
  });

  it('lists people by name, page by page, and finds them by what they are called', async () => {
    const tenant = await auth.shard.admit(aTenant({ slug: 'list' }));
    const people = [];
    for (let index = 0; index < 5; index += 1) people.push((await aPerson(auth, tenant)).user);
    await update(people[4]?.id ?? '', { name: 'aardvark 100%_\\' }, owner, tenant);
    const model = auth.get(UserReadModel);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as(owner, () => model.page({ limit: 2, cursor }), tenant);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toHaveLength(5);
    expect(names[0]).toBe('aardvark 100%_\\');
    expect(names.slice(1)).toEqual(people.slice(0, 4).map(({ name }) => name));
    const find = async (q: string) =>
      (await as(owner, () => model.page({ limit: 10, q }), tenant)).items.length;
    expect(await Promise.all(['AARDVARK', '100%_\\', '_', '%', 'acme.example', 'nobody'].map(find))).toEqual([
      1, 1, 1, 1, 5, 0,
    ]);
    for (const forged of ['x', Buffer.from('{"at":["\\u0000","x"]}').toString('base64url')]) {
      expect(await codeOf(as(owner, () => model.page({ limit: 2, cursor: forged }), tenant))).toBe(
        'request.cursor_invalid',
      );
    }
  });
});
