import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { TenantRef } from '#libs/tenancy';
import { hashSync } from '@node-rs/bcrypt';
import { aPerson, authOnShard, PASSWORD, type AuthOnShard } from '../../testing/index.js';
import { LogIn } from './log-in.use-case.js';

const MS = 1e6;

/** With hashes as dear as in production. */
describe('the cost of signing in', () => {
  let auth: AuthOnShard;
  let tenant: TenantRef;

  beforeAll(async () => {
    auth = await authOnShard({ dearHashes: true, tenants: 1 });
    [tenant] = auth.shard.tenants as [TenantRef];
  });
  afterAll(async () => {
    await auth.close();
  });

  const login = (email: string, password = PASSWORD) =>
    auth.as(tenant, {}, () => auth.get(LogIn).execute(email, password));
  const setHash = (userId: string, hash: string) =>
    auth.shard.inTenant(tenant, () =>
      auth.shard.database.query('UPDATE auth.credentials SET password_hash = $2 WHERE user_id = $1', [
        userId,
        hash,
      ]),
    );
  const hashOf = async (userId: string) =>
    auth.shard.inTenant(tenant, async () => {
      const rows = await auth.shard.database.query<{ hash: string }>(
        'SELECT password_hash AS hash FROM auth.credentials WHERE user_id = $1',
        [userId],
      );
      return rows[0]?.hash ?? '';
    });

  it('stores bcrypt of cost 12', async () => {
    const { user } = await aPerson(auth, tenant);
    expect(await hashOf(user.id)).toMatch(/^\$2b\$12\$/);
  });

  it('makes a cheaper hash dear when its owner signs in, and only then', async () => {
    const { user } = await aPerson(auth, tenant);
    await setHash(user.id, hashSync(PASSWORD, { cost: 10, version: '2a' }));
    await expect(login(user.email, 'wrong horse battery')).rejects.toMatchObject({
      code: 'auth.invalid_credentials',
    });
    expect(await hashOf(user.id)).toMatch(/^\$2a\$10\$/);
    await login(user.email);
    expect(await hashOf(user.id)).toMatch(/^\$2b\$12\$/);
    await expect(login(user.email)).resolves.toBeDefined();
  });

  it('takes as long for an unknown address as for a wrong password', async () => {
    const { user } = await aPerson(auth, tenant);
    const time = async (email: string) => {
      const start = process.hrtime.bigint();
      await login(email, 'wrong horse battery').catch(() => undefined);
      return Number(process.hrtime.bigint() - start) / MS;
    };
    const [known, unknown] = [[] as number[], [] as number[]];
    for (let round = 0; round < 4; round += 1) {
      known.push(await time(user.email));
      unknown.push(await time(`nobody-${round}@acme.example`));
    }
    const [fastestKnown, fastestUnknown] = [Math.min(...known), Math.min(...unknown)];
    expect(fastestUnknown / fastestKnown).toBeGreaterThan(0.6);
    expect(fastestUnknown / fastestKnown).toBeLessThan(1.6);
  });

  it('leaves the event loop free while twenty people sign in', async () => {
    const { user } = await aPerson(auth, tenant);
    const before = performance.now();
    hashSync(PASSWORD, { cost: 12 });
    const oneHash = performance.now() - before;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await Promise.all(Array.from({ length: 20 }, async () => login(user.email)));
    delay.disable();
    expect(delay.percentile(99) / MS).toBeLessThan(oneHash / 2);
  });
});
