import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { operatorClaims, REVOKED_SESSIONS } from '#libs/contracts/auth';
import type { TenantRef } from '#libs/tenancy';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { authOnShard, codeOf, type AuthOnShard } from '../../testing/index.js';
import { LogIn } from '../session/log-in.use-case.js';
import { SigningKeyRing } from '../token/signing-key-ring.js';
import { SigningKeyRepository } from '../token/signing-key.repository.js';
import { CreateOperator } from './create-operator.use-case.js';
import { LogInOperator } from './log-in-operator.use-case.js';
import { LogOutOperator } from './log-out-operator.use-case.js';
import { RefreshOperator } from './refresh-operator.use-case.js';
import { ShowOperator } from './show-operator.use-case.js';

const PASSWORD = 'correct horse battery';
const email = 'op@platform.example';

describe('operators', () => {
  let auth: AuthOnShard;
  let tenant: TenantRef;

  beforeAll(async () => {
    auth = await authOnShard({ tenants: 1 });
    [tenant] = auth.shard.tenants as [TenantRef];
    await auth.as(null, {}, () =>
      auth.get(CreateOperator).execute({ email, name: 'Op', password: PASSWORD }),
    );
  });
  afterAll(async () => {
    await auth.close();
  });

  const login = (password = PASSWORD, address = email) =>
    auth.as(null, {}, () => auth.get(LogInOperator).execute(address, password));
  const refresh = (token: string, userAgent = 'test') =>
    auth.as(null, {}, () => auth.get(RefreshOperator).execute(token), { userAgent });

  it('sign in at the admin host, with a token that is good for operators alone', async () => {
    const { accessToken, operator, sessionId } = await login();
    const set = createLocalJWKSet(await auth.get(SigningKeyRing).publicKeys());
    const { payload } = await jwtVerify(accessToken, set, {
      algorithms: ['EdDSA'],
      currentDate: auth.clock.now(),
    });
    expect(operatorClaims.parse(payload)).toMatchObject({
      aud: 'operator',
      sub: operator.id,
      sid: sessionId,
    });
    expect(payload).not.toHaveProperty('role');
    const me = auth.as(null, { kind: 'operator', id: operator.id }, () => auth.get(ShowOperator).execute());
    await expect(me).resolves.toEqual({ id: operator.id, email, name: 'Op' });
  });

  it('are nobody at the host of an academy', async () => {
    const attempt = auth.as(tenant, {}, () => auth.get(LogInOperator).execute(email, PASSWORD));
    expect(await codeOf(attempt)).toBe('request.route_not_found');
    expect(await codeOf(auth.as(tenant, {}, () => auth.get(LogIn).execute(email, PASSWORD)))).toBe(
      'auth.invalid_credentials',
    );
  });

  it('are locked out after five failures like everybody', async () => {
    const other = `other-${newId()}@platform.example`;
    for (let time = 0; time < 5; time += 1) {
      expect(await codeOf(login('wrong horse battery', other))).toBe('auth.invalid_credentials');
    }
    expect(await codeOf(login('wrong horse battery', other))).toBe('auth.locked');
  });

  it('refresh, and lose the session when a spent token comes again', async () => {
    const first = await login();
    const second = await refresh(first.refreshToken);
    expect(decodeJwt(second.accessToken)).toMatchObject({ sid: first.sessionId, aud: 'operator' });
    auth.clock.advance(60_000);
    expect(await codeOf(refresh(first.refreshToken))).toBe('auth.session_ended');
    expect(await codeOf(refresh(second.refreshToken))).toBe('auth.session_ended');
    expect(await auth.redis.zscore(REVOKED_SESSIONS, first.sessionId)).not.toBeNull();
  });

  it('sign out', async () => {
    const { refreshToken } = await login();
    await auth.as(null, {}, () => auth.get(LogOutOperator).execute(refreshToken));
    expect(await codeOf(refresh(refreshToken))).toBe('auth.session_ended');
  });

  it('are made once an address, with a password that is not easy', async () => {
    const create = (address: string, password: string) =>
      codeOf(
        auth.as(null, {}, () => auth.get(CreateOperator).execute({ email: address, name: 'Op', password })),
      );
    expect(await create(email, PASSWORD)).toBe('operator.already_exists');
    expect(await create('new@platform.example', 'harka-demo-1')).toBe('auth.password_common');
  });

  it('share signing keys that many replicas agree on, and that no table shows', async () => {
    await auth.directory.query('DELETE FROM auth.signing_keys');
    const [repository, ring] = [auth.get(SigningKeyRepository), auth.get(SigningKeyRing)];
    await Promise.all(Array.from({ length: 8 }, async () => ring.refresh()));
    expect(await repository.all()).toHaveLength(1);
    await ring.rotate({ revoke: false });
    const keys = await repository.all();
    expect(keys).toHaveLength(2);
    expect((await ring.publicKeys()).keys).toHaveLength(2);
    await ring.rotate({ revoke: true });
    expect((await ring.publicKeys()).keys).toHaveLength(1);
    for (const { privateKey } of keys) expect(privateKey.length).toBeGreaterThan(48 + 28);
  });
});
