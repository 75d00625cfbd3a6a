import { describe, expect, it } from '@jest/globals';
import { sha256 } from '#libs/crypto';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { anonymous, runInContext } from '#libs/tenancy';
import { aContext, FakeUnitOfWork } from '#libs/tenancy/testing';
import { DemoMode } from '../demo/demo-mode.js';
import { FakeMailOutbox } from '../mail/mail-outbox.fake-outbox.js';
import { EndSessions } from '../session/end-sessions.use-case.js';
import { FakeSessionRepository } from '../session/session.fake-repository.js';
import { FakeSessionRevocations } from '../session/session-revocations.fake-channel.js';
import { MemoryLoginThrottle } from '../throttle/login-throttle.memory.js';
import { FakeUserRepository } from '../user/user.fake-repository.js';
import { createUser, type User } from '../user/user.js';
import { FakeCredentialRepository } from './credential.fake-repository.js';
import { FakePasswordHasher } from './password-hasher.fake-hasher.js';
import { FakePasswordResetRepository } from './password-reset.fake-repository.js';
import { ResetPassword } from './reset-password.use-case.js';

const PASSWORD = 'another horse battery';

function academy(status: User['status'] = 'active') {
  const clock = new FixedClock();
  const users = new FakeUserRepository();
  const user = createUser(
    newId(),
    { email: 'a@acme.example', name: 'A', role: 'learner' },
    status,
    clock.now(),
  );
  users.with(user);
  const [credentials, resets] = [new FakeCredentialRepository(users), new FakePasswordResetRepository()];
  const [events, mails, revocations] = [
    new FakeEventLog(),
    new FakeMailOutbox(),
    new FakeSessionRevocations(),
  ];
  const sessions = new FakeSessionRepository(users);
  const useCase = new ResetPassword(
    users,
    resets,
    credentials,
    new FakePasswordHasher(),
    new DemoMode(false),
    new EndSessions(sessions, events, clock),
    revocations,
    new MemoryLoginThrottle(clock),
    mails,
    events,
    new FakeUnitOfWork(),
    clock,
  );
  const context = aContext({ actor: anonymous });
  return {
    ...{ user, credentials, events, mails },
    open: () => resets.put(user.id, sha256('token'), clock.now(), new Date(clock.now().getTime() + 1_000)),
    reset: (token = 'token', password = PASSWORD) =>
      runInContext(context, () => useCase.execute(token, password)),
  };
}

describe(ResetPassword.name, () => {
  it('sets the password by the link, once, and tells its owner', async () => {
    const { open, reset, user, credentials, events, mails } = academy();
    await open();
    await reset();
    expect(credentials.hashes.get(user.id)).toBe(`new:${PASSWORD}`);
    expect(events.types).toEqual(['auth.password.changed']);
    expect(mails.mails).toMatchObject([{ template: 'password_changed' }]);
    await expect(reset()).rejects.toMatchObject({ code: 'auth.link_invalid' });
  });

  it('says the same of a link that never was and of one whose owner has no access', async () => {
    await expect(academy().reset()).rejects.toMatchObject({ code: 'auth.link_invalid' });
    const gone = academy('deactivated');
    await gone.open();
    await expect(gone.reset()).rejects.toMatchObject({ code: 'auth.link_invalid' });
  });

  it('leaves the link good after an easy password, or one made of the owner’s name', async () => {
    const { open, reset } = academy();
    await open();
    await expect(reset('token', 'a@acme.example')).rejects.toMatchObject({ code: 'auth.password_common' });
    await expect(reset()).resolves.toBeUndefined();
  });
});
