import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { anonymous, runInContext } from '#libs/tenancy';
import { aContext } from '#libs/tenancy/testing';
import { DemoMode } from '../demo/demo-mode.js';
import { FakePasswordHasher } from '../password/password-hasher.fake-hasher.js';
import { DEMO_PASSWORD } from '../password/password.js';
import { MemoryLoginThrottle } from '../throttle/login-throttle.memory.js';
import { FakeTokenIssuer } from '../token/token-issuer.fake-issuer.js';
import { LogInOperator } from './log-in-operator.use-case.js';
import { FakeOperatorRepository } from './operator.fake-repository.js';

const PASSWORD = 'correct horse battery';
const email = 'op@platform.example';

async function platform({ password = PASSWORD, demo = false } = {}) {
  const [clock, operators, hasher] = [
    new FixedClock(),
    new FakeOperatorRepository(),
    new FakePasswordHasher(),
  ];
  await operators.add({ id: newId(), email, name: 'Op' }, `new:${password}`);
  const throttle = new MemoryLoginThrottle(clock);
  const useCase = new LogInOperator(
    operators,
    hasher,
    throttle,
    new FakeTokenIssuer(),
    new DemoMode(demo),
    clock,
  );
  const context = aContext({ tenant: null, actor: anonymous });
  const login = (typed: string, address = email) =>
    runInContext(context, () => useCase.execute(address, typed));
  return { login, hasher, useCase };
}

describe(LogInOperator.name, () => {
  it('gives a session of half a day', async () => {
    const { login } = await platform();
    const signIn = await login(PASSWORD);
    expect(signIn.refreshableFor).toBe(12 * 3_600);
    expect(JSON.parse(signIn.accessToken)).toMatchObject({ audience: 'operator', role: null });
  });

  it('takes the same trouble for who is nobody', async () => {
    const { login, hasher } = await platform();
    await expect(login('wrong horse battery')).rejects.toMatchObject({ code: 'auth.invalid_credentials' });
    await expect(login(PASSWORD, 'nobody@x.example')).rejects.toMatchObject({
      code: 'auth.invalid_credentials',
    });
    expect(hasher.verified).toBe(2);
  });

  it('knows the password of the demo in a demo alone', async () => {
    const real = await platform({ password: DEMO_PASSWORD });
    await expect(real.login(DEMO_PASSWORD)).rejects.toMatchObject({ code: 'auth.invalid_credentials' });
    const demo = await platform({ password: DEMO_PASSWORD, demo: true });
    await expect(demo.login(DEMO_PASSWORD)).resolves.toBeDefined();
  });

  it('is not there at the host of an academy', async () => {
    const { useCase } = await platform();
    const attempt = runInContext(aContext({ actor: anonymous }), () => useCase.execute(email, PASSWORD));
    await expect(attempt).rejects.toMatchObject({ kind: 'not_found' });
  });
});
