import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { usersDigestText, type UserImportRow } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { Entitlements } from '#libs/entitlements';
import type { TenantRef } from '#libs/tenancy';
import { aTenant } from '#libs/tenancy/testing';
import { hashSync } from '@node-rs/bcrypt';
import { authOnShard, codeOf, eventsOf, mailsOf, type AuthOnShard } from '../../testing/index.js';
import { SetDemoOperators } from '../demo/set-demo-operators.use-case.js';
import { SetDemoPasswords } from '../demo/set-demo-passwords.use-case.js';
import { LogInOperator } from '../operator/log-in-operator.use-case.js';
import { DEMO_PASSWORD } from '../password/password.js';
import { LogIn } from '../session/log-in.use-case.js';
import { UserReadModel } from '../user/user.read-model.js';
import { DigestUsers } from './digest-users.use-case.js';
import { ImportUsers } from './import-users.use-case.js';

function people(count: number): UserImportRow[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{
      email: `p${index}@initech.example`,
      name: `Person ${index}`,
      role: index === 0 ? 'owner' : 'learner',
    },
    ...{ team: index % 2 === 0 ? 'A' : null, department: 'Works' },
    managerEmail: index === 0 ? null : `p${Math.floor(index / 10)}@initech.example`,
  }));
}

describe('onboarding', () => {
  let demo: AuthOnShard;
  let plain: AuthOnShard;

  beforeAll(async () => {
    demo = await authOnShard({ demo: true, tenants: 0 });
    plain = await authOnShard({ tenants: 1 });
  });
  afterAll(async () => {
    await demo.close();
    await plain.close();
  });

  const load = (tenant: TenantRef, rows: readonly UserImportRow[], auth = demo) =>
    auth.shard.inTenant(tenant, () => auth.get(ImportUsers).execute(rows));
  const digest = (tenant: TenantRef) => demo.shard.inTenant(tenant, () => demo.get(DigestUsers).execute());
  const large = (slug: string) => demo.shard.admit(aTenant({ slug, plan: 'enterprise' }));

  it('brings 1,400 people in without a hash for each, each once, with a seat, and writes to their owner alone', async () => {
    const tenant = await large('initech');
    const rows = people(1_400);
    const batches = [rows.slice(0, 500), rows.slice(500, 1_000), rows.slice(1_000)];
    const start = Date.now();
    for (const batch of batches) await load(tenant, batch);
    expect(Date.now() - start).toBeLessThan(30_000);
    expect(await demo.shard.inTenant(tenant, () => demo.get(Entitlements).used('users'))).toBe(1_400);
    const created = (await eventsOf(demo, tenant)).filter(({ type }) => type === 'auth.user.created');
    expect(created).toHaveLength(1_400);
    expect(await mailsOf(demo, tenant)).toMatchObject([
      { template: 'invitation', to: { email: 'p0@initech.example' } },
    ]);
    const found = await demo.shard.inTenant(tenant, () =>
      demo.get(UserReadModel).page({ limit: 1, q: 'p15@' }),
    );
    expect(found.items[0]).toMatchObject({
      status: 'invited',
      managerId: expect.any(String),
      team: null,
      department: 'Works',
    });
  });

  it('changes nothing when it is done twice, and only what is different when it is done with changes', async () => {
    const tenant = await large('twice');
    const rows = people(50);
    expect(await load(tenant, rows)).toMatchObject({
      created: 50,
      updated: 0,
      unchanged: 0,
      unknownManagers: [],
    });
    expect(await load(tenant, rows)).toMatchObject({ created: 0, updated: 0, unchanged: 50 });
    const changed = rows.map((row, index) =>
      index === 7 ? { ...row, name: 'Another Name', managerEmail: null } : row,
    );
    expect(await load(tenant, changed)).toMatchObject({ created: 0, updated: 1, unchanged: 49 });
    const last = (await eventsOf(demo, tenant)).at(-1);
    expect(last).toMatchObject({
      type: 'auth.user.updated',
      payload: { name: 'Another Name', managerId: null },
    });
    expect(await demo.shard.inTenant(tenant, () => demo.get(Entitlements).used('users'))).toBe(50);
  });

  it('names managers who are not known yet, and sets them when the rows come again', async () => {
    const tenant = await large('order');
    const [boss, ...rest] = people(3) as [UserImportRow, ...UserImportRow[]];
    expect(await load(tenant, rest)).toMatchObject({ created: 2, unknownManagers: [boss.email] });
    await load(tenant, [boss]);
    expect(await load(tenant, rest)).toMatchObject({ updated: 2, unknownManagers: [] });
  });

  it('has the digest of the bundle, in whatever order it came, and another one after any change', async () => {
    const [tenant, rows] = [await large('digest'), people(30)];
    await load(tenant, rows.toReversed());
    await load(tenant, rows);
    const expected = sha256(usersDigestText(rows)).toString('hex');
    expect(await digest(tenant)).toEqual({ count: 30, digest: expected });
    await load(
      tenant,
      rows.slice(3, 4).map((row) => ({ ...row, team: 'B' })),
    );
    expect((await digest(tenant)).digest).not.toBe(expected);
  });

  it('takes all rows or none', async () => {
    const tenant = await demo.shard.admit(aTenant({ slug: 'small' }));
    expect(await codeOf(load(tenant, people(101)))).toBe('limit.users_exceeded');
    expect(await digest(tenant)).toMatchObject({ count: 0 });
    const twice = [...people(2), ...people(1)];
    expect(await codeOf(load(tenant, twice))).toBe('user_import.duplicate_email');
  });

  it('gives demo accounts their password, once', async () => {
    const tenant = await large('demo');
    await load(tenant, people(3));
    const accounts = [{ email: 'p1@initech.example', password: DEMO_PASSWORD }];
    const set = () => demo.shard.inTenant(tenant, () => demo.get(SetDemoPasswords).execute(accounts));
    await set();
    const { length } = await eventsOf(demo, tenant);
    await set();
    expect(await eventsOf(demo, tenant)).toHaveLength(length);
    const login = demo.as(tenant, {}, () => demo.get(LogIn).execute('p1@initech.example', DEMO_PASSWORD));
    await expect(login).resolves.toMatchObject({ user: { status: 'active' } });
    const operators = [{ email: 'operator@harka.example', name: 'Operator', password: DEMO_PASSWORD }];
    for (let time = 0; time < 2; time += 1) {
      await demo.shard.inTenant(tenant, () => demo.get(SetDemoOperators).execute(operators));
    }
    const signIn = demo.as(null, {}, () =>
      demo.get(LogInOperator).execute('operator@harka.example', DEMO_PASSWORD),
    );
    await expect(signIn).resolves.toMatchObject({ operator: { name: 'Operator' } });
  });

  it('refuses the demo’s password and its doors where there is no demo', async () => {
    const [tenant] = plain.shard.tenants as [TenantRef];
    await load(tenant, people(2), plain);
    const inTenant = <R>(work: () => R) => plain.shard.inTenant(tenant, work);
    const accounts = [{ email: 'p1@initech.example', password: DEMO_PASSWORD }];
    expect(await codeOf(inTenant(() => plain.get(SetDemoPasswords).execute(accounts)))).toBe('demo.off');
    expect(await codeOf(inTenant(() => plain.get(SetDemoOperators).execute([])))).toBe('demo.off');
    const hash = hashSync(DEMO_PASSWORD, { cost: 4 });
    await inTenant(() =>
      plain.shard.database.query(
        `INSERT INTO auth.credentials (tenant_id, user_id, password_hash, changed_at)
         SELECT tenant_id, id, $1, now() FROM auth.users`,
        [hash],
      ),
    );
    await inTenant(() => plain.shard.database.query(`UPDATE auth.users SET status = 'active'`));
    const login = plain.as(tenant, {}, () => plain.get(LogIn).execute('p1@initech.example', DEMO_PASSWORD));
    expect(await codeOf(login)).toBe('auth.invalid_credentials');
  });
});
