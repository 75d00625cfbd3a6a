import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { anonymous, runInContext } from '#libs/tenancy';
import { aContext, FakeUnitOfWork } from '#libs/tenancy/testing';
import { DemoMode } from '../demo/demo-mode.js';
import { FakeCredentialRepository } from '../password/credential.fake-repository.js';
import { FakePasswordHasher } from '../password/password-hasher.fake-hasher.js';
import { HashingBusy } from '../password/password.errors.js';
import { DEMO_PASSWORD } from '../password/password.js';
import { FakeRegistrationRepository } from '../registration/registration.fake-repository.js';
import { MemoryLoginThrottle } from '../throttle/login-throttle.memory.js';
import { FakeUserRepository } from '../user/user.fake-repository.js';
import { createUser, type User } from '../user/user.js';
import { LogIn } from './log-in.use-case.js';
import { FakeSessionRepository } from './session.fake-repository.js';
import { aStartSession } from './start-session.fake-start.js';
import { OpenSignInGate } from './sign-in-gate.fake-gate.js';

const PASSWORD = 'correct horse battery';
const context = aContext({ actor: anonymous });

describe(LogIn.name, () => {
  let clock: FixedClock;
  let users: FakeUserRepository;
  let credentials: FakeCredentialRepository;
  let registrations: FakeRegistrationRepository;
  let sessions: FakeSessionRepository;
  let hasher: FakePasswordHasher;
  let events: FakeEventLog;
  let user: User;

  beforeEach(() => {
    clock = new FixedClock();
    users = new FakeUserRepository();
    credentials = new FakeCredentialRepository(users);
    registrations = new FakeRegistrationRepository();
    sessions = new FakeSessionRepository(users);
    hasher = new FakePasswordHasher();
    events = new FakeEventLog();
    user = createUser(
      newId(),
      { email: 'a@acme.example', name: 'A', role: 'learner' },
      'active',
      clock.now(),
    );
    users.with(user);
    credentials.hashes.set(user.id, `new:${PASSWORD}`);
  });

  function useCase(demo = new DemoMode(false)): LogIn {
    const unitOfWork = new FakeUnitOfWork();
    const start = aStartSession({ sessions, users, events, unitOfWork, clock });
    const gate = new OpenSignInGate(start);
    const throttle = new MemoryLoginThrottle(clock);
    return new LogIn(users, credentials, registrations, hasher, throttle, gate, demo, events, clock);
  }
  const login = (email = user.email, password = PASSWORD, logIn = useCase()) =>
    runInContext(context, () => logIn.execute(email, password));

  it('starts a session under a new id each time', async () => {
    const [one, two] = [await login(), await login()];
    expect(one.sessionId).not.toBe(two.sessionId);
    expect(JSON.parse(one.accessToken)).toMatchObject({
      sessionId: one.sessionId,
      audience: context.tenant?.id,
    });
    expect(events.types).toEqual(['auth.session.started', 'auth.session.started']);
  });

  it('compares one password for everybody: known, unknown, without password, without access', async () => {
    const profile = { email: 'b@acme.example', name: 'B', role: 'learner' as const };
    const invited = createUser(newId(), profile, 'invited', clock.now());
    const gone = createUser(newId(), { ...profile, email: 'c@acme.example' }, 'deactivated', clock.now());
    users.with(invited, gone);
    credentials.hashes.set(gone.id, `new:${PASSWORD}`);
    const attempts = [
      [user.email, 'wrong horse battery'],
      ['nobody@acme.example', PASSWORD],
      [invited.email, PASSWORD],
      [gone.email, PASSWORD],
    ] as const;
    for (const [email, password] of attempts) {
      await expect(login(email, password)).rejects.toMatchObject({ code: 'auth.invalid_credentials' });
    }
    expect(hasher.verified).toBe(attempts.length);
    expect(events.appended.map(({ payload }) => (payload as { reason: string }).reason)).toEqual([
      'wrong_password',
      'unknown_user',
      'no_password',
      'not_active',
    ]);
  });

  it('tells who registered and has not proved the address, but only with the right password', async () => {
    const registration = {
      id: newId(),
      email: 'new@acme.example',
      name: 'N',
      passwordHash: `new:${PASSWORD}`,
    };
    const expiresAt = new Date(clock.now().getTime() + 1);
    await registrations.add({ ...registration, createdAt: clock.now(), expiresAt }, Buffer.from('x'));
    await expect(login('new@acme.example')).rejects.toMatchObject({ code: 'auth.email_not_verified' });
    await expect(login('new@acme.example', 'wrong horse battery')).rejects.toMatchObject({
      code: 'auth.invalid_credentials',
    });
  });

  it('refuses the password of the demo outside of it, even where it is right', async () => {
    credentials.hashes.set(user.id, `new:${DEMO_PASSWORD}`);
    await expect(login(user.email, DEMO_PASSWORD)).rejects.toMatchObject({
      code: 'auth.invalid_credentials',
    });
    await expect(login(user.email, DEMO_PASSWORD, useCase(new DemoMode(true)))).resolves.toBeDefined();
  });

  it('hashes again what was hashed cheaply', async () => {
    credentials.hashes.set(user.id, `old:${PASSWORD}`);
    await login();
    expect(credentials.hashes.get(user.id)).toBe(`new:${PASSWORD}`);
  });

  it('counts no failure when it came to no result', async () => {
    const logIn = useCase();
    hasher.verify = async () => Promise.reject(new HashingBusy());
    for (let time = 0; time < 30; time += 1) {
      await expect(login(user.email, PASSWORD, logIn)).rejects.toMatchObject({ code: 'auth.busy' });
    }
  });

  it('writes only some of very many failures down', async () => {
    const logIn = useCase();
    for (let time = 0; time < 60; time += 1) {
      await login(`ghost-${time}@acme.example`, PASSWORD, logIn).catch(() => undefined);
    }
    expect(events.types.filter((type) => type === 'auth.login.failed')).toHaveLength(30);
  });
});
