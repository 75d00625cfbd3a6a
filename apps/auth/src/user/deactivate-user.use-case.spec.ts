import { describe, expect, it } from '@jest/globals';
import { permissionsOfRole, type Role } from '#libs/contracts';
import { FakeEntitlements } from '#libs/entitlements/testing';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aUser, FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeApiKeyDirectory } from '../api-key/api-key-directory.fake-directory.js';
import { FakeApiKeyRepository } from '../api-key/api-key.fake-repository.js';
import { newKeyText } from '../api-key/api-key.js';
import { PublishApiKeys } from '../api-key/publish-api-keys.use-case.js';
import { FakeInvitationRepository } from '../invitation/invitation.fake-repository.js';
import { EndSessions } from '../session/end-sessions.use-case.js';
import { startChain } from '../session/refresh-chain.js';
import { FakeSessionRepository } from '../session/session.fake-repository.js';
import { FakeSessionRevocations } from '../session/session-revocations.fake-channel.js';
import { DeactivateUser } from './deactivate-user.use-case.js';
import { RemoveAccess } from './remove-access.use-case.js';
import { FakeUserRepository } from './user.fake-repository.js';
import { createUser, type User } from './user.js';

function academy() {
  const clock = new FixedClock();
  const users = new FakeUserRepository();
  const person = (role: Role, status: User['status'] = 'active') => {
    const user = createUser(
      newId(),
      { email: `${newId()}@acme.example`, name: role, role },
      status,
      clock.now(),
    );
    users.with(user);
    return user;
  };
  const [sessions, keys, directory] = [
    new FakeSessionRepository(users),
    new FakeApiKeyRepository(),
    new FakeApiKeyDirectory(),
  ];
  const [events, revocations, entitlements] = [
    new FakeEventLog(),
    new FakeSessionRevocations(),
    new FakeEntitlements(),
  ];
  const access = new RemoveAccess(
    new EndSessions(sessions, events, clock),
    revocations,
    keys,
    new PublishApiKeys(keys, directory),
    events,
    clock,
  );
  const useCase = new DeactivateUser(
    users,
    new FakeInvitationRepository(),
    access,
    entitlements,
    events,
    new FakeUnitOfWork(),
    clock,
  );
  const deactivate = (id: string, by: User) => {
    const actor = aUser({ id: by.id, role: by.role, permissions: permissionsOfRole(by.role) });
    return runInContext(aContext({ actor }), () => useCase.execute(id));
  };
  return { clock, person, sessions, keys, directory, events, revocations, entitlements, deactivate };
}

describe(DeactivateUser.name, () => {
  it('frees the seat, ends the sessions and revokes the keys, and tells all of it', async () => {
    const { clock, person, sessions, keys, directory, events, revocations, entitlements, deactivate } =
      academy();
    const [admin, user] = [person('admin'), person('author')];
    await entitlements.take('users', 2);
    const [now, id] = [clock.now(), newId()];
    const times = {
      startedAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + 1_000),
      endedAt: null,
    };
    const { chain } = startChain(id, now);
    await sessions.add({
      id,
      userId: user.id,
      method: 'password',
      ...times,
      ip: null,
      userAgent: null,
      chain,
    });
    const { prefix, hash } = newKeyText();
    const dates = { createdAt: now, expiresAt: null, lastUsedAt: null, revokedAt: null };
    await keys.add({
      id: newId(),
      name: 'K',
      prefix,
      hash,
      scopes: [],
      role: 'author',
      createdBy: user.id,
      ...dates,
    });

    expect(await deactivate(user.id, admin)).toMatchObject({ status: 'deactivated', version: 2 });
    expect(await entitlements.used('users')).toBe(1);
    expect(revocations.announced).toEqual([id]);
    expect(directory.published.get(prefix)?.revokedAt).toEqual(now);
    expect(events.types).toEqual(['auth.user.deactivated', 'auth.session.ended', 'auth.api_key.revoked']);
    await deactivate(user.id, admin);
    expect(await entitlements.used('users')).toBe(1);
  });

  it('refuses oneself, an owner by an admin, and the last owner', async () => {
    const { person, deactivate } = academy();
    const [owner, admin] = [person('owner'), person('admin')];
    await expect(deactivate(admin.id, admin)).rejects.toMatchObject({ code: 'user.own_account' });
    await expect(deactivate(owner.id, admin)).rejects.toMatchObject({ code: 'user.owner_only' });
    const gone = person('owner', 'deactivated');
    await expect(deactivate(owner.id, gone)).rejects.toMatchObject({ code: 'user.last_owner' });
    await expect(deactivate(owner.id, person('owner'))).resolves.toMatchObject({ status: 'deactivated' });
  });

  it('does not know somebody who is not there', async () => {
    const { person, deactivate } = academy();
    await expect(deactivate(newId(), person('admin'))).rejects.toMatchObject({ code: 'user.not_found' });
  });
});
