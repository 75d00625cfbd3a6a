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
import { ImportUsers } from '../onboarding/import-users.use-case.js';
import { LogIn } from '../session/log-in.use-case.js';
import { DeactivateUser } from '../user/deactivate-user.use-case.js';
import { GetUser } from '../user/get-user.use-case.js';
import { ReactivateUser } from '../user/reactivate-user.use-case.js';
import { AcceptInvitation } from './accept-invitation.use-case.js';
import { CreateInvitation } from './create-invitation.use-case.js';
import { InvitationReadModel } from './invitation.read-model.js';
import { InviteUser } from './invite-user.use-case.js';
import { ReadInvitation } from './read-invitation.use-case.js';
import { RevokeInvitation } from './revoke-invitation.use-case.js';

/** What the plan of the tests' tenants allows. */
const SEATS = 100;

describe('inviting people', () => {
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
  const asOwner = <R>(work: () => R, tenant = here) => auth.as(tenant, owner, work);
  const used = (tenant: TenantRef) => asOwner(() => auth.get(Entitlements).used('users'), tenant);
  const invite = (
    email: string,
    tenant = here,
    actor = owner,
    role: 'learner' | 'admin' | 'owner' = 'learner',
  ) => auth.as(tenant, actor, () => auth.get(InviteUser).execute({ email, name: 'Somebody', role }, site));
  const accept = (token: string, tenant = here, password = PASSWORD) =>
    auth.as(tenant, {}, () => auth.get(AcceptInvitation).execute({ token, password }));

  it('fills the seats of a plan exactly, however many invite at once, and a leaver makes room', async () => {
    const tenant = await auth.shard.admit(aTenant({ slug: 'full' }));
    const rows = Array.from({ length: SEATS - 8 }, (_, index) => ({
      ...{ email: `old-${index}@full.example`, name: `Old ${index}`, role: 'learner' as const },
      ...{ team: null, department: null, managerEmail: null },
    }));
    await asOwner(() => auth.get(ImportUsers).execute(rows), tenant);
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => codeOf(invite(`new-${index}@full.example`, tenant))),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(8);
    expect(codes.filter((code) => code === 'limit.users_exceeded')).toHaveLength(12);
    expect(await used(tenant)).toBe(SEATS);
    const created = (await eventsOf(auth, tenant)).filter(({ type }) => type === 'auth.user.created');
    expect(created).toHaveLength(SEATS);
    expect(await mailsOf(auth, tenant)).toHaveLength(8);

    const [leaver] = created;
    await asOwner(() => auth.get(DeactivateUser).execute(leaver?.subject ?? ''), tenant);
    await asOwner(() => auth.get(DeactivateUser).execute(leaver?.subject ?? ''), tenant);
    expect(await used(tenant)).toBe(SEATS - 1);
    await expect(invite('late@full.example', tenant)).resolves.toBeDefined();
    expect(await codeOf(asOwner(() => auth.get(ReactivateUser).execute(leaver?.subject ?? ''), tenant))).toBe(
      'limit.users_exceeded',
    );
    expect(await used(tenant)).toBe(SEATS);
  });

  it('mails a link on the host of the academy, whatever the request says, that works once', async () => {
    await auth.as(here, owner, () =>
      auth
        .get(InviteUser)
        .execute(
          { email: 'once@acme.example', name: 'Once', role: 'learner' },
          { scheme: 'https', host: 'evil.example' },
        ),
    );
    const mail = (await mailsOf(auth, here)).at(-1);
    expect(mail?.link).toMatch(new RegExp(`^https://${here.slug}\\.harka\\.test/accept-invitation#token=`));
    const token = await tokenOfLastMail(auth, here);
    expect(await auth.as(here, {}, () => auth.get(ReadInvitation).execute(token))).toMatchObject({
      email: 'once@acme.example',
    });
    const outcomes = await Promise.all([1, 2, 3].map(async () => codeOf(accept(token))));
    expect(outcomes.filter((code) => code === null)).toHaveLength(1);
    expect(outcomes.filter((code) => code === 'auth.link_invalid')).toHaveLength(2);
    await expect(
      auth.as(here, {}, () => auth.get(LogIn).execute('once@acme.example', PASSWORD)),
    ).resolves.toBeDefined();
  });

  it('refuses a link at another academy, an old one, and one that was replaced', async () => {
    const user = await anInvited(auth, here);
    const first = await tokenOfLastMail(auth, here);
    expect(await codeOf(accept(first, there))).toBe('auth.link_invalid');
    await asOwner(() => auth.get(CreateInvitation).execute({ email: user.email }, site));
    const second = await tokenOfLastMail(auth, here);
    expect(await codeOf(accept(first))).toBe('auth.link_invalid');
    auth.clock.advance(14 * 86_400_000 + 1);
    expect(await codeOf(accept(second))).toBe('auth.link_invalid');
  });

  it('stores nothing that the link could be made from', async () => {
    await anInvited(auth, here);
    const token = await tokenOfLastMail(auth, here);
    const dump = await auth.shard.inTenant(here, () =>
      auth.shard.database.query<{ text: string }>(
        `SELECT i::text AS text FROM auth.invitations i UNION ALL SELECT m::text FROM auth.mails m
         UNION ALL SELECT e::text FROM events.events e`,
      ),
    );
    const hex = Buffer.from(token).toString('hex');
    for (const { text } of dump) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(hex);
    }
  });

  it('refuses an easy password, and leaves the link good', async () => {
    await anInvited(auth, here);
    const token = await tokenOfLastMail(auth, here);
    expect(await codeOf(accept(token, here, 'password123'))).toBe('auth.password_common');
    expect(await codeOf(accept(token, here, 'harka-demo-1'))).toBe('auth.password_common');
    expect(await codeOf(accept(token))).toBeNull();
  });

  it('takes an invitation back: no link, no seat, no access', async () => {
    const user = await anInvited(auth, here);
    const token = await tokenOfLastMail(auth, here);
    const seats = await used(here);
    const page = await asOwner(() => auth.get(InvitationReadModel).page({ limit: 1 }));
    expect(page.items[0]).toMatchObject({ userId: user.id, email: user.email });
    const id = page.items[0]?.id ?? '';
    const revoke = (tenant = here) => codeOf(asOwner(() => auth.get(RevokeInvitation).execute(id), tenant));
    expect(await revoke(there)).toBe('invitation.not_found');
    expect(await revoke()).toBeNull();
    expect(await revoke()).toBe('invitation.not_found');
    expect(await codeOf(accept(token))).toBe('auth.link_invalid');
    expect(await used(here)).toBe(seats - 1);
    expect(await asOwner(() => auth.get(GetUser).execute(user.id))).toMatchObject({ status: 'deactivated' });
  });

  it('knows an address once, and in each academy for itself', async () => {
    const { user } = await aPerson(auth, here);
    expect(await codeOf(invite(user.email))).toBe('user.already_exists');
    expect(await codeOf(invite(user.email, there))).toBeNull();
    const both = await Promise.all([
      codeOf(invite('twin@acme.example')),
      codeOf(invite('twin@acme.example')),
    ]);
    expect(both.toSorted()).toEqual([null, 'user.already_exists'].toSorted());
  });

  it('lets only owners make owners, and nobody give what he may not do', async () => {
    const admin = anActor('admin');
    expect(await codeOf(invite('a@acme.example', here, admin, 'owner'))).toBe('user.owner_only');
    expect(await codeOf(invite('b@acme.example', here, admin, 'admin'))).toBeNull();
    const key = { ...actorOf({ id: 'k', name: 'Key', email: '', role: 'owner' }), kind: 'api_key' as const };
    const narrow = { ...key, permissions: ['users.invite', 'courses.read', 'enrolments.self'] as const };
    expect(await codeOf(invite('c@acme.example', here, narrow, 'admin'))).toBe('user.role_not_grantable');
    expect(await codeOf(invite('d@acme.example', here, narrow))).toBeNull();
  });
});
