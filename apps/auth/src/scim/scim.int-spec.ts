import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { permissionsOfRole } from '#libs/contracts';
import type { TenantRef } from '#libs/tenancy';
import { aPerson, authOnShard, codeOf, eventsOf, actorOf, type AuthOnShard } from '../../testing/index.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import { LogIn } from '../session/log-in.use-case.js';
import { ListScim } from './list-scim.use-case.js';
import { ManageScimTokens } from './manage-scim-tokens.use-case.js';
import { ProvisionGroup } from './provision-group.use-case.js';
import { ProvisionUser } from './provision-user.use-case.js';
import { RunScimBulk } from './run-scim-bulk.use-case.js';
import { ScimDoor } from './scim-door.http.js';
import { groupChangeOf, groupPatchOf } from './scim-group.js';
import { scimProblemOf } from './scim-problem.http.js';
import { changeOf, patchOf, replacementOf } from './scim-user.js';
import { ShowScimStatus } from './show-scim-status.use-case.js';

const BASE = 'http://tenant-1.harka.test/scim/v2';
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('SCIM', () => {
  let auth: AuthOnShard;
  let here: TenantRef;
  let there: TenantRef;
  let token: string;
  let count = 0;

  beforeAll(async () => {
    auth = await authOnShard();
    [here, there] = auth.shard.tenants as [TenantRef, TenantRef];
    const owner = await aPerson(auth, here, 'owner');
    const created = await auth.as(here, actorOf(owner.user), () =>
      auth.get(ManageScimTokens).create({ name: 'Entra ID', expiresAt: null }),
    );
    ({ token } = created);
  });
  afterAll(async () => {
    await auth.close();
  });

  const scim = <R>(work: () => Promise<R>, tenant = here, bearer = token) =>
    auth.as(tenant, {}, () => auth.get(ScimDoor).enter(`Bearer ${bearer}`, 'test', work));
  const body = (values: Record<string, unknown> = {}) => {
    count += 1;
    return {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: `scim-${count}@acme.example`,
      name: { givenName: 'Ada', familyName: `Number ${count}` },
      emails: [{ primary: true, type: 'work', value: `scim-${count}@acme.example` }],
      active: true,
      ...values,
    };
  };
  const create = (values: Record<string, unknown> = {}) =>
    scim(() => auth.get(ProvisionUser).create(changeOf(body(values))));
  const patch = (id: string, ...operations: unknown[]) =>
    scim(() =>
      auth
        .get(ProvisionUser)
        .update(id, patchOf({ schemas: [PATCH_SCHEMA], Operations: operations }), undefined),
    );
  const find = (filter: string) => scim(() => auth.get(ListScim).users({ filter }, BASE));
  const show = async (id: string) => {
    const found = await find(`id eq "${id}"`);
    return found.Resources[0];
  };
  const group = (displayName: string, members: readonly string[] = []) =>
    scim(() =>
      auth
        .get(ProvisionGroup)
        .create(groupChangeOf({ displayName, members: members.map((value) => ({ value })) })),
    );
  const patchGroup = (id: string, ...operations: unknown[]) =>
    scim(() => auth.get(ProvisionGroup).update(id, groupPatchOf({ Operations: operations }), undefined));
  const members = async (id: string) => {
    const shown = await scim(async () => {
      const one = await auth.get(ProvisionGroup).show(id);
      return auth.get(ListScim).group(one, BASE);
    });
    return (shown['members'] as { value: string }[]).map(({ value }) => value).sort();
  };

  describe('its token', () => {
    it('is good in its own academy alone, and not when revoked, run out or made up', async () => {
      const nothing = async () => Promise.resolve(null);
      expect(await codeOf(scim(nothing))).toBe(null);
      expect(await codeOf(scim(nothing, there))).toBe('scim.token_invalid');
      expect(await codeOf(scim(nothing, here, token.slice(0, -1)))).toBe('scim.token_invalid');
      expect(await codeOf(auth.as(here, {}, () => auth.get(ScimDoor).enter(undefined, '', nothing)))).toBe(
        'scim.token_invalid',
      );
      const owner = await aPerson(auth, here, 'owner');
      const asOwner = <R>(work: () => R) => auth.as(here, actorOf(owner.user), work);
      const short = new Date(auth.clock.now().getTime() + 60_000).toISOString();
      const manage = auth.get(ManageScimTokens);
      const expiring = await asOwner(() => manage.create({ name: 'short', expiresAt: short }));
      const other = await asOwner(() => manage.create({ name: 'other', expiresAt: null }));
      expect(await codeOf(scim(nothing, here, other.token))).toBe(null);
      await asOwner(() => manage.revoke(other.made.id));
      const rotated = await asOwner(() => manage.rotate(expiring.made.id, 0));
      auth.clock.advance(2_100);
      expect(await codeOf(scim(nothing, here, other.token))).toBe('scim.token_invalid');
      expect(await codeOf(scim(nothing, here, expiring.token))).toBe('scim.token_invalid');
      expect(await codeOf(scim(nothing, here, rotated.token))).toBe(null);
      auth.clock.advance(61_000);
      expect(await codeOf(scim(nothing, here, rotated.token))).toBe('scim.token_invalid');
    });
  });

  describe('people', () => {
    it('come in as learners who are active, and are found by what they are called', async () => {
      const { user } = await create({
        externalId: 'ext-1',
        [ENTERPRISE]: { department: 'Sales' },
        password: 'whatever',
        roles: [{ value: 'owner' }],
        role: 'owner',
        tenantId: there.id,
      });
      expect(user).toMatchObject({ role: 'learner', status: 'active', department: 'Sales' });
      for (const filter of [
        `userName eq "${user.email.toUpperCase()}"`,
        'externalId eq "ext-1"',
        `emails[type eq "work" and value eq "${user.email}"]`,
        `(name.familyName sw "Number" and displayName ew "${user.name.slice(-3)}") and active eq true`,
        `urn:ietf:params:scim:schemas:core:2.0:User:userName EQ "${user.email}"`,
      ]) {
        const found = await find(filter);
        expect(found.Resources.map(({ id }) => id)).toContain(user.id);
      }
      expect((await find('userName eq "nobody@acme.example"')).totalResults).toBe(0);
    });

    it('are refused twice, by name and by address', async () => {
      const first = body();
      await scim(() => auth.get(ProvisionUser).create(changeOf(first)));
      const again = scim(() => auth.get(ProvisionUser).create(changeOf({ ...first, emails: undefined })));
      expect(await codeOf(again)).toBe('scim.uniqueness');
      const sameAddress = scim(() =>
        auth.get(ProvisionUser).create(changeOf({ ...first, userName: 'other' })),
      );
      expect(await codeOf(sameAddress)).toBe('scim.uniqueness');
    });

    it('change as Entra writes it, and as Okta does', async () => {
      const { user } = await create();
      await patch(
        user.id,
        { op: 'Replace', path: 'displayName', value: 'Ada Lovelace' },
        { op: 'Add', path: 'emails[type eq "work"].value', value: 'Ada@acme.example' },
        { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Engines' },
        { op: 'replace', path: 'name.givenName', value: 'Ada' },
        {
          op: 'Add',
          value: { title: 'Countess', 'name.familyName': 'Lovelace', [`${ENTERPRISE}:manager`]: null },
        },
      );
      expect(await show(user.id)).toMatchObject({
        displayName: 'Ada Lovelace',
        title: 'Countess',
        name: { givenName: 'Ada', familyName: 'Lovelace' },
        emails: [{ value: 'ada@acme.example' }],
        [ENTERPRISE]: { department: 'Engines' },
      });
      await patch(user.id, { op: 'replace', value: { id: user.id, active: false } });
      expect(await show(user.id)).toMatchObject({ active: false });
      await patch(user.id, { op: 'Replace', path: 'active', value: 'True' });
      expect(await show(user.id)).toMatchObject({ active: true });
      await patch(user.id, { op: 'remove', path: 'title' });
      expect(await show(user.id)).not.toHaveProperty('title');
    });

    it('lose sessions the moment they are deactivated, and come back as who they were', async () => {
      const person = await aPerson(auth, here);
      const { id, email } = person.user;
      auth.broadcast.published.length = 0;
      await patch(id, { op: 'Replace', path: 'active', value: 'False' });
      expect(auth.broadcast.of('session.revoked')).toEqual([
        { tenantId: here.id, sessionId: person.sessionId },
      ]);
      const refresh = auth.as(here, {}, () => auth.get(RefreshSession).execute(person.refreshToken), {
        userAgent: 'Browser',
      });
      expect(await codeOf(refresh)).toBe('auth.session_ended');
      await scim(() => auth.get(ProvisionUser).remove(id));
      expect(await codeOf(scim(() => auth.get(ProvisionUser).show(id)))).toBe('scim.not_found');
      expect((await find(`userName eq "${email}"`)).totalResults).toBe(0);
      const again = await scim(() =>
        auth.get(ProvisionUser).create(changeOf({ ...body(), userName: email, emails: undefined })),
      );
      expect(again.user).toMatchObject({ id, status: 'active' });
    });

    it('are not changed by being synchronised once more', async () => {
      const one = body({ externalId: 'same' });
      const { user } = await scim(() => auth.get(ProvisionUser).create(changeOf(one)));
      const replace = () =>
        scim(() => auth.get(ProvisionUser).update(user.id, replacementOf(one), undefined));
      const before = await replace();
      const told = (await eventsOf(auth, here)).length;
      const after = await replace();
      await patch(user.id, { op: 'replace', path: 'active', value: true });
      expect((await eventsOf(auth, here)).length).toBe(told);
      expect([after.user.version, after.profile?.version]).toEqual([
        before.user.version,
        before.profile?.version,
      ]);
    });

    it('give nobody a role, and touch no owner', async () => {
      const { user } = await create();
      for (const path of ['roles', 'Roles', 'id', 'groups', 'meta', 'roles[primary eq true].value']) {
        const attempt = patch(user.id, { op: 'replace', path, value: [{ value: 'owner' }] });
        expect(await codeOf(attempt)).toBe('scim.mutability');
      }
      await patch(user.id, { op: 'add', value: { roles: [{ value: 'owner' }], role: 'owner', status: 'x' } });
      expect(await show(user.id)).toMatchObject({ roles: [{ value: 'learner' }] });
      const owner = await aPerson(auth, here, 'owner');
      expect(await codeOf(patch(owner.user.id, { op: 'replace', path: 'active', value: false }))).toBe(
        'user.owner_only',
      );
      const rename = { op: 'replace', path: 'emails[type eq "work"].value', value: 'thief@acme.example' };
      expect(await codeOf(patch(owner.user.id, rename))).toBe('user.owner_only');
      expect(await codeOf(scim(() => auth.get(ProvisionUser).remove(owner.user.id)))).toBe('user.owner_only');
      expect(permissionsOfRole('owner').length).toBeGreaterThan(permissionsOfRole('learner').length);
    });

    it('of another academy are not there, whatever is asked', async () => {
      const stranger = await aPerson(auth, there);
      const { id } = stranger.user;
      expect(await codeOf(patch(id, { op: 'replace', path: 'active', value: false }))).toBe('scim.not_found');
      expect(await codeOf(scim(() => auth.get(ProvisionUser).remove(id)))).toBe('scim.not_found');
      expect((await find(`id eq "${id}"`)).totalResults).toBe(0);
      expect(await codeOf(group(`Strangers ${id}`, [id]))).toBe('scim.invalid_value');
      const still = auth.as(there, {}, () =>
        auth.get(LogIn).execute(stranger.user.email, 'correct horse battery'),
      );
      await expect(still).resolves.toBeDefined();
    });

    it.each([
      `userName eq "x' OR '1'='1"`,
      `userName eq "x\\"; DROP TABLE auth.users; --"`,
      'displayName co "%"',
      'displayName sw "_"',
    ])('are not found by SQL in a filter: %s', async (filter) => {
      expect((await find(filter)).totalResults).toBe(0);
    });

    it.each([
      'password eq "x"',
      'userName',
      'userName eq',
      `${'('.repeat(500)}userName pr`,
      `u.email) OR (1=1 eq "x"`,
      'active gt true',
      'meta.created gt "yesterday"',
      Array.from({ length: 60 }, () => 'title pr').join(' or '),
    ])('refuse a filter that is none of theirs: %s', async (filter) => {
      expect(await codeOf(find(filter))).toBe('scim.invalid_filter');
    });

    it('are told by page, and by a version that a change has to know', async () => {
      const all = await scim(() => auth.get(ListScim).users({ count: 2, startIndex: 2 }, BASE));
      expect(all).toMatchObject({ startIndex: 2, itemsPerPage: 2 });
      expect(all.totalResults).toBeGreaterThan(4);
      const none = await scim(() => auth.get(ListScim).users({ count: 0 }, BASE));
      expect(none.Resources).toEqual([]);
      const { user } = await create();
      const stale = scim(() => auth.get(ProvisionUser).update(user.id, { title: 'X' }, 'W/"77.1"'));
      expect(await codeOf(stale)).toBe('scim.changed');
    });
  });

  describe('groups', () => {
    it('are teams: adding adds, removing removes one, and a replacement without members empties nothing', async () => {
      const [one, two] = [(await create()).user, (await create()).user];
      const { team } = await group('Sales EMEA', [one.id]);
      expect((await show(one.id))?.['groups']).toMatchObject([{ value: team.id, display: 'Sales EMEA' }]);
      await patchGroup(team.id, {
        op: 'Add',
        path: 'members',
        value: [{ value: two.id }, { value: one.id }],
      });
      expect(await members(team.id)).toEqual([one.id, two.id].sort());
      await patchGroup(team.id, { op: 'replace', value: { id: team.id, displayName: 'Sales World' } });
      expect(await members(team.id)).toHaveLength(2);
      await patchGroup(team.id, { op: 'remove', path: `members[value eq "${one.id}"]` });
      expect(await members(team.id)).toEqual([two.id]);
      await patchGroup(team.id, { op: 'Remove', path: 'members', value: [{ value: two.id }] });
      expect(await members(team.id)).toEqual([]);
    });

    it('put people into the team of their first group, and into the next when they leave', async () => {
      const { user } = await create();
      const first = await group(`First ${user.id}`, [user.id]);
      auth.clock.advance(1_000);
      const second = await group(`Second ${user.id}`, [user.id]);
      const team = async () => (await scim(() => auth.get(ProvisionUser).show(user.id))).user.team;
      expect(await team()).toBe(first.team.name);
      await scim(() => auth.get(ProvisionGroup).remove(first.team.id));
      expect(await team()).toBe(second.team.name);
      await patchGroup(second.team.id, { op: 'replace', path: 'members', value: [] });
      expect(await team()).toBe(null);
    });

    it('are found by name and by member, and refused twice or with strangers', async () => {
      const { user } = await create();
      const { team } = await group('Found by name', [user.id]);
      const lists = await Promise.all(
        [
          'displayName eq "found BY name"',
          `members.value eq "${user.id}"`,
          `members[value eq "${user.id}"]`,
        ].map(async (filter) =>
          scim(() => auth.get(ListScim).groups({ filter, excludedAttributes: 'members' }, BASE)),
        ),
      );
      for (const { Resources } of lists) {
        expect(Resources.map(({ id }) => id)).toEqual([team.id]);
        expect(Resources[0]).not.toHaveProperty('members');
      }
      expect(await codeOf(group('found by NAME'))).toBe('scim.uniqueness');
      const nested = patchGroup(team.id, {
        op: 'add',
        path: 'members',
        value: [{ value: team.id, type: 'Group' }],
      });
      expect(await codeOf(nested)).toBe('scim.invalid_value');
    });

    it('keep everybody when many change them at once', async () => {
      const people = await Promise.all(Array.from({ length: 8 }, async () => (await create()).user.id));
      const { team } = await group('Many at once');
      await Promise.all(
        people.map(async (value) => patchGroup(team.id, { op: 'add', path: 'members', value: [{ value }] })),
      );
      expect(await members(team.id)).toEqual([...people].sort());
    });
  });

  it('takes many operations in one request, each by itself, with names for what they make', async () => {
    const operations = [
      { method: 'POST', path: '/Users', bulkId: 'ada', data: body() },
      { method: 'POST', path: '/Users', bulkId: 'bad', data: body({ userName: '' }) },
      {
        method: 'POST',
        path: '/Groups',
        bulkId: 'g',
        data: { displayName: 'Bulk', members: [{ value: 'bulkId:ada' }] },
      },
      {
        method: 'PATCH',
        path: '/Users/bulkId:ada',
        data: { Operations: [{ op: 'add', path: 'title', value: 'Dr' }] },
      },
      { method: 'DELETE', path: '/Groups/bulkId:g' },
    ];
    const { Operations } = await scim(() =>
      auth.get(RunScimBulk).execute({ Operations: operations }, BASE, scimProblemOf),
    );
    expect(Operations.map(({ status }) => status)).toEqual(['201', '400', '201', '200', '204']);
    expect(Operations[1]?.['response']).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });

  it('tells the academy what failed, and how many people and teams are looked after', async () => {
    await codeOf(create({ emails: [{ value: 'nonsense' }] }));
    const status = await auth.as(here, {}, () =>
      auth.get(ShowScimStatus).execute({ scheme: 'http', host: 'tenant-1.harka.test' }),
    );
    expect(status.users).toBeGreaterThan(3);
    expect(status.failures[0]).toMatchObject({ status: 400, code: 'scim.invalid_value' });
    expect(status.lastRequestAt).not.toBe(null);
    expect(JSON.stringify(status)).not.toContain(token);
  });
});
