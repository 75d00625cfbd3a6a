import { describe, expect, it } from '@jest/globals';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { anonymous, runInContext } from '#libs/tenancy';
import { aContext, FakeUnitOfWork } from '#libs/tenancy/testing';
import { DemoMode } from '../demo/demo-mode.js';
import { FakeMailOutbox } from '../mail/mail-outbox.fake-outbox.js';
import { FakePasswordHasher } from '../password/password-hasher.fake-hasher.js';
import { FakeTenantProfiles } from '../tenant/tenant-profile.fake-source.js';
import { FakeRequestBudget } from '../throttle/request-budget.fake-counter.js';
import { FakeUserRepository } from '../user/user.fake-repository.js';
import { createUser } from '../user/user.js';
import { Register } from './register.use-case.js';
import { FakeRegistrationRepository } from './registration.fake-repository.js';
import { mayRegister } from './registration.js';

const site = { scheme: 'https', host: 'acme.example' } as const;

function academy() {
  const [clock, users, mails] = [new FixedClock(), new FakeUserRepository(), new FakeMailOutbox()];
  const registrations = new FakeRegistrationRepository();
  const events = new FakeEventLog();
  const register = new Register(
    users,
    registrations,
    new FakeTenantProfiles(),
    new FakePasswordHasher(),
    new DemoMode(false),
    mails,
    new FakeRequestBudget(),
    events,
    new FakeUnitOfWork(),
    clock,
  );
  const context = aContext({ actor: anonymous });
  const ask = (email: string, password = 'correct horse battery') =>
    runInContext(context, () => register.execute({ email, name: 'N', password }, site));
  return { clock, users, mails, registrations, events, ask };
}

describe(Register.name, () => {
  it('keeps the wish and mails a link to prove the address', async () => {
    const { ask, mails, registrations, clock, events } = academy();
    await ask('new@acme.example');
    expect(mails.mails).toMatchObject([{ template: 'verification', to: { email: 'new@acme.example' } }]);
    expect(mails.lastToken).toHaveLength(43);
    expect(await registrations.latestOf('new@acme.example', clock.now())).toMatchObject({ name: 'N' });
    expect(events.types).toEqual(['auth.registration.requested']);
  });

  it('keeps no wish of somebody who is known', async () => {
    const { ask, users, mails, registrations, clock, events } = academy();
    users.with(
      createUser(newId(), { email: 'old@acme.example', name: 'O', role: 'viewer' }, 'active', clock.now()),
    );
    await ask('old@acme.example');
    expect(mails.mails).toMatchObject([{ template: 'account_exists' }]);
    expect(await registrations.latestOf('old@acme.example', clock.now())).toBeNull();
    expect(events.types).toEqual([]);
  });

  it('looks at the password before anything is sent', async () => {
    const { ask, mails } = academy();
    await expect(ask('new@acme.example', 'short')).rejects.toMatchObject({ code: 'auth.password_too_short' });
    await expect(ask('new@acme.example', 'harka-demo-1')).rejects.toMatchObject({
      code: 'auth.password_common',
    });
    expect(mails.mails).toEqual([]);
  });

  it('stops an address that asks for very many accounts', async () => {
    const { ask } = academy();
    for (let time = 0; time < 30; time += 1) await ask(`p${time}@acme.example`);
    await expect(ask('one-more@acme.example')).rejects.toMatchObject({ code: 'auth.too_many_requests' });
  });
});

describe(mayRegister.name, () => {
  const domain = { registration: 'domain', emailDomains: ['acme.example'] } as const;

  it.each([
    ['a@acme.example', true],
    ['a@sub.acme.example', false],
    ['a@acme.example.evil', false],
  ])('under the policy domain answers for %p: %p', (email, expected) => {
    expect(mayRegister(email, domain)).toBe(expected);
  });

  it('lets everybody in under open and nobody under invite', () => {
    expect(mayRegister('a@b.c', { registration: 'open', emailDomains: [] })).toBe(true);
    expect(mayRegister('a@b.c', { registration: 'invite', emailDomains: ['b.c'] })).toBe(false);
  });
});
