import { describe, expect, it } from '@jest/globals';
import { permissionsOfRole, roles, type Role } from '#libs/contracts';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { FakeEventLog } from '#libs/events/testing';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext, type Actor } from '#libs/tenancy';
import { aContext, aUser, FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeMailOutbox } from '../mail/mail-outbox.fake-outbox.js';
import { PlaceInTeam } from '../team/place-in-team.use-case.js';
import { FakeTeamRepository } from '../team/team.fake-repository.js';
import { FakeTenantProfiles } from '../tenant/tenant-profile.fake-source.js';
import { FakeUserRepository } from '../user/user.fake-repository.js';
import { FakeInvitationRepository } from './invitation.fake-repository.js';
import { InviteUser } from './invite-user.use-case.js';
import { SendInvitation } from './send-invitation.use-case.js';

const site = { scheme: 'https', host: 'acme.example' } as const;
const somebody = { email: 'new@acme.example', name: 'New' };
const actorOf = (role: Role): Actor => aUser({ role, permissions: permissionsOfRole(role) });

function academy(seats: number | null = 10) {
  const [clock, users, mails, events] = [
    new FixedClock(),
    new FakeUserRepository(),
    new FakeMailOutbox(),
    new FakeEventLog(),
  ];
  const entitlements = new FakeEntitlements().withLimit('users', seats);
  const invitations = new FakeInvitationRepository();
  const sending = new SendInvitation(invitations, mails, events, clock);
  const profiles = new FakeTenantProfiles();
  const useCase = new InviteUser(
    users,
    sending,
    new PlaceInTeam(new FakeTeamRepository(users), events, clock),
    profiles,
    entitlements,
    events,
    new FakeUnitOfWork(),
    clock,
  );
  const invite = (actor: Actor, role: Role = 'learner', email = somebody.email) =>
    runInContext(aContext({ actor }), () => useCase.execute({ ...somebody, email, role }, site));
  return { users, mails, events, entitlements, invitations, invite };
}

describe(InviteUser.name, () => {
  it('takes a seat, mails a link and tells both', async () => {
    const { invite, mails, events, entitlements, invitations } = academy();
    const actor = actorOf('admin');
    const { user, invitation } = await invite(actor);
    expect(user).toMatchObject({ status: 'invited', role: 'learner', version: 1 });
    expect(await entitlements.used('users')).toBe(1);
    expect(mails.mails).toMatchObject([
      { template: 'invitation', inviter: actor.name, to: { email: user.email } },
    ]);
    expect(await invitations.byId(invitation.id)).toMatchObject({ userId: user.id, invitedBy: actor.id });
    expect(events.types).toEqual(['auth.user.created', 'auth.user.invited']);
  });

  it('says that all seats are taken', async () => {
    const { invite } = academy(1);
    await invite(actorOf('admin'));
    await expect(invite(actorOf('admin'), 'learner', 'b@acme.example')).rejects.toMatchObject({
      code: 'limit.users_exceeded',
    });
  });

  it.each(roles.filter((role) => role !== 'owner'))('lets an admin make a %s', async (role) => {
    await expect(academy().invite(actorOf('admin'), role)).resolves.toBeDefined();
  });

  it('lets only an owner make an owner', async () => {
    await expect(academy().invite(actorOf('owner'), 'owner')).resolves.toBeDefined();
    await expect(academy().invite(actorOf('admin'), 'owner')).rejects.toMatchObject({
      code: 'user.owner_only',
    });
  });

  it('lets nobody give more than he has', async () => {
    const instructor = aUser({
      role: 'instructor',
      permissions: [...permissionsOfRole('instructor'), 'users.invite'],
    });
    await expect(academy().invite(instructor, 'learner')).resolves.toBeDefined();
    await expect(academy().invite(instructor, 'author')).rejects.toMatchObject({
      code: 'user.role_not_grantable',
    });
  });
});
