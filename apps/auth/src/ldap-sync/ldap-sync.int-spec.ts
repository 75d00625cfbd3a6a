import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newConnection, type LdapSyncCounts } from '#libs/contracts/auth';
import { Attribute, Change } from 'ldapts';
import {
  aPerson,
  codeOf,
  eventsOf,
  FakeDirectory,
  LdapLab,
  result,
  searchEntry,
  TestAuthority,
} from '../../testing/index.js';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import type { Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { UpdateConnection } from '../connection/update-connection.use-case.js';
import { ProvisionUser } from '../scim/provision-user.use-case.js';
import { RefreshSession } from '../session/refresh-session.use-case.js';
import { DeactivateUser } from '../user/deactivate-user.use-case.js';
import { ReactivateUser } from '../user/reactivate-user.use-case.js';
import { ldapSyncsDue } from './ldap-sync.runner.js';
import { ShowLdapSyncs } from './show-ldap-syncs.use-case.js';

const HOUR = 3_600_000;
/** More than the directory gives at once to who does not ask page by page. */
const MANY = 1_203;
const some = Array.from({ length: MANY }, (_, at) => ({ uid: `p${at}` }));
const groups = { baseDn: 'ou=groups,dc=corp,dc=example', filter: '(objectClass=groupOfNames)' };

interface Row {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly status: string;
  readonly team: string | null;
  readonly version: number;
}

let lab: LdapLab;
let corp: Connection;
/** Speaks as Active Directory does. */
let active: FakeDirectory;
let authority: TestAuthority;

const people = (like = '%') =>
  lab.nobody(() =>
    lab.auth.shard.database.query<Row>(
      'SELECT id, email, name, role, status, team, version FROM auth.users WHERE email LIKE $1 ORDER BY email',
      [like],
    ),
  );
const one = async (uid: string) => (await people(`${uid}@acme.example`))[0];
const counts = (given: Partial<LdapSyncCounts>) =>
  expect.objectContaining(given) as unknown as LdapSyncCounts;
const told = async (type: string) =>
  (await eventsOf(lab.auth, lab.here)).filter((event) => event.type === type);
const filterFor = (...uids: readonly string[]) => ({
  sync: { filter: `(|${uids.map((uid) => `(uid=${uid})`).join('')})` },
});
const previewed = async (connection: Connection) => {
  await lab.sync(connection, 'preview');
  return connection;
};

describe('people of a directory', () => {
  beforeAll(async () => {
    authority = await TestAuthority.make('CN=Active Root');
    active = await FakeDirectory.start(await authority.issue(['127.0.0.1']));
    lab = await LdapLab.open(
      {
        people: [
          ...some,
          { uid: 'ann', password: 'ann-secret-1' },
          { uid: 'bob', password: 'bob-secret-1' },
          { uid: 'off', attributes: { userAccountControl: '514' } },
          { uid: 'lead' },
          { uid: 'extra' },
        ],
        groups: {
          engineers: ['ann', 'lead'],
          staff: ['group:engineers', 'bob'],
          loop: ['group:staff', 'group:loop'],
        },
        posixGroups: { printers: ['bob', 'extra'] },
      },
      [`127.0.0.1:${active.port}`],
    );
    corp = await lab.connection(
      { groups },
      {
        provisioning: {
          ...{ mode: 'create', emailDomains: 'any' },
          rules: [
            { value: 'loop', role: 'author' },
            { value: 'engineers', team: 'Engineering' },
          ],
        },
      },
    );
  }, 120_000);
  afterAll(async () => {
    await lab.close();
    await active.stop();
  });

  it('are only named by a preview, which comes before anything else', async () => {
    expect(await codeOf(lab.ask(corp, 'apply'))).toBe('ldap_sync.not_previewed');
    const preview = await lab.sync(corp, 'preview');
    expect(preview).toMatchObject({ state: 'succeeded', problem: null, known: 0 });
    expect(preview.counts).toEqual(counts({ seen: MANY + 5, created: MANY + 4, skipped: 1 }));
    expect(preview.people).toHaveLength(500);
    expect(preview.people[0]).toMatchObject({
      change: 'create',
      email: expect.stringContaining('@acme') as unknown,
    });
    expect(await people()).toEqual([]);
  });

  it('come in with roles and teams, each once though two workers begin and one of them dies in the middle', async () => {
    await lab.ask(corp, 'apply');
    expect(await codeOf(lab.ask(corp, 'preview'))).toBe('ldap_sync.busy');
    const provisioning = lab.auth.get(ProvisionUser);
    const addAll = provisioning.addAll.bind(provisioning);
    let batches = 0;
    const dying = jest.spyOn(provisioning, 'addAll').mockImplementation(async (newcomers) => {
      batches += 1;
      if (batches === 4) throw new Error('killed');
      return addAll(newcomers);
    });
    const outcomes = await Promise.allSettled([lab.work(), lab.work()]);
    dying.mockRestore();
    // The second found nothing to do while the first held the run.
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await people()).toHaveLength(300);
    const running = await lab.owner(() => lab.auth.get(ShowLdapSyncs).list(corp.id));
    expect(running.items[0]).toMatchObject({ state: 'running', counts: counts({ created: 300 }) });

    // Nobody takes it before its time is over; then whoever comes.
    await lab.work();
    expect(await people()).toHaveLength(300);
    lab.auth.clock.advance(61_000);
    await Promise.all([lab.work(), lab.work()]);
    const { items } = await lab.owner(() => lab.auth.get(ShowLdapSyncs).list(corp.id));
    expect(items[0]).toMatchObject({ state: 'succeeded', kind: 'apply', problem: null });
    expect(items[0]?.counts).toEqual(
      counts({ seen: MANY + 5, created: MANY + 4, unchanged: 0, skipped: 1, failed: 0 }),
    );
    expect(await people()).toHaveLength(MANY + 4);
    expect(await told('auth.user.created')).toHaveLength(MANY + 4);
    expect(await one('ann')).toMatchObject({ role: 'author', team: 'Engineering', status: 'active' });
    expect(await one('bob')).toMatchObject({ role: 'author', team: null });
    expect(await one('p1')).toMatchObject({ role: 'learner', name: 'Person p1' });
    expect(await one('off')).toBeUndefined();
  }, 60_000);

  it('are written a second time only where something changed', async () => {
    const [before, events] = [await people(), (await eventsOf(lab.auth, lab.here)).length];
    const again = await lab.sync(corp, 'apply');
    expect(again.counts).toEqual(
      counts({ seen: MANY + 5, created: 0, updated: 0, unchanged: MANY + 4, teams: 0, failed: 0 }),
    );
    expect(await people()).toEqual(before);
    // That it was asked for, and that it came to its end.
    expect((await eventsOf(lab.auth, lab.here)).length - events).toBe(2);
  });

  it('are known when they sign in', async () => {
    const { signIn } = await lab.signIn(corp, 'ann', 'ann-secret-1');
    expect(signIn.user).toMatchObject({ id: (await one('ann'))?.id, role: 'author' });
    expect(await people()).toHaveLength(MANY + 4);
  });

  it('follow the directory, and lose their sessions at once when they are in it no more', async () => {
    const { signIn } = await lab.signIn(corp, 'bob', 'bob-secret-1');
    await lab.directory.change(async (client) => {
      await client.del(lab.directory.dnOf('bob'));
      await client.del(lab.directory.dnOf('p1'));
      await client.modify(lab.directory.dnOf('p2'), replacing('userAccountControl', '514'));
      await client.modify(lab.directory.dnOf('p3'), replacing('cn', 'Renamed Person'));
      await client.modify(lab.directory.dnOf('p4'), replacing('mail', 'p4-new@acme.example'));
      await client.modifyDN(lab.directory.dnOf('p5'), 'uid=p5-other');
    });
    const preview = await lab.sync(corp, 'preview');
    expect(
      preview.people
        .slice(0, 3)
        .map(({ change, reason, email }) => [change, reason, email])
        .sort(),
    ).toEqual([
      ['deactivate', 'ldap_account_disabled', 'p2@acme.example'],
      ['deactivate', 'not_in_directory', 'bob@acme.example'],
      ['deactivate', 'not_in_directory', 'p1@acme.example'],
    ]);
    expect((await one('bob'))?.status).toBe('active');
    lab.auth.broadcast.published.length = 0;
    const run = await lab.sync(corp, 'apply');
    expect(run.counts).toEqual(counts({ deactivated: 3, updated: 2, created: 0, failed: 0 }));
    expect(
      (await people('%')).filter(({ status }) => status === 'deactivated').map(({ email }) => email),
    ).toEqual([...['bob@acme.example', 'p1@acme.example', 'p2@acme.example']]);
    expect(lab.auth.broadcast.of('session.revoked')).toEqual([
      { tenantId: lab.here.id, sessionId: signIn.sessionId },
    ]);
    expect(await codeOf(lab.nobody(() => lab.auth.get(RefreshSession).execute(signIn.refreshToken)))).toBe(
      'auth.session_ended',
    );
    expect((await one('p3'))?.name).toBe('Renamed Person');
    expect(await one('p4-new')).toBeDefined();
    expect((await one('p5'))?.status).toBe('active');
    expect((await told('auth.ldap_sync.finished')).at(-1)?.payload).toMatchObject({
      counts: { deactivated: 3 },
    });
  });

  it('come back with the directory, but not against the word of an administrator', async () => {
    const p6 = await one('p6');
    await lab.owner(() => lab.auth.get(DeactivateUser).execute(p6?.id ?? ''));
    await lab.directory.change(async (client) => {
      await client.modify(lab.directory.dnOf('p2'), replacing('userAccountControl', '512'));
    });
    const run = await lab.sync(corp, 'apply');
    expect(run.counts).toEqual(counts({ reactivated: 1, deactivated: 0, updated: 0 }));
    expect((await one('p2'))?.status).toBe('active');
    expect((await one('p6'))?.status).toBe('deactivated');
    expect(run.people).toContainEqual(
      expect.objectContaining({ change: 'skip', email: 'p6@acme.example', reason: 'user_deactivated' }),
    );
    await lab.owner(() => lab.auth.get(ReactivateUser).execute(p6?.id ?? ''));
  });

  it('are not deactivated in numbers before somebody looked', async () => {
    const few = await previewed(await lab.connection(filterFor('ann', 'lead', 'extra', 'p7', 'p8')));
    // Known already by another connection, and their domain is nobody's: they are not taken from it.
    expect((await lab.sync(few, 'apply')).counts).toEqual(counts({ created: 0, skipped: 5 }));
    const narrow = await changed(corp, { sync: { filter: '(uid=p1*)', mostDeactivatedPercent: 20 } });
    expect(await codeOf(lab.ask(narrow, 'apply'))).toBe('ldap_sync.not_previewed');
    const preview = await lab.sync(narrow, 'preview');
    expect(preview).toMatchObject({
      state: 'succeeded',
      problem: { code: 'ldap_sync.too_many_deactivated' },
    });
    const before = await people();
    const stop = await lab.sync(narrow, 'apply', preview.gone - 1);
    expect(stop).toMatchObject({ state: 'stopped', problem: { code: 'ldap_sync.too_many_deactivated' } });
    expect(await people()).toEqual(before);
    expect((await told('auth.ldap_sync.stopped')).at(-1)?.payload).toMatchObject({
      ...{ gone: preview.gone, known: preview.known, reason: 'ldap_sync.too_many_deactivated' },
    });
    // A list that is empty is an error of the list, whatever may be deactivated.
    const empty = await changed(narrow, { sync: { filter: '(uid=nobody)', mostDeactivatedPercent: 100 } });
    await lab.sync(empty, 'preview');
    expect(await lab.sync(empty, 'apply', 100_000)).toMatchObject({
      ...{ state: 'stopped', problem: { code: 'ldap_sync.nobody_found' } },
    });
    expect(await people()).toEqual(before);
    const wide = await changed(empty, { sync: { filter: null } });
    await lab.sync(wide, 'preview');
    await lab.directory.change(async (client) => {
      for (let at = 100; at < 103; at += 1) await client.del(lab.directory.dnOf(`p${at}`));
    });
    const strict = await changed(wide, { sync: { filter: null, mostDeactivatedPercent: 1 } });
    expect((await lab.sync(strict, 'apply')).counts).toEqual(counts({ deactivated: 3 }));
  }, 60_000);

  it('that administrators need stay: owners, who is to get in when the directory is away, and who was here before', async () => {
    const owner = await aPerson(lab.auth, lab.here, 'owner');
    const local = String(owner.user.email.split('@')[0]);
    await lab.nobody(() =>
      lab.auth.shard.database.query(
        `INSERT INTO auth.email_domains (tenant_id, domain, proof_token, verified_at, created_at)
         VALUES (app.current_tenant(), 'acme.example', 'x', now(), now())`,
      ),
    );
    await lab.directory.change(async (client) => {
      await client.add(lab.directory.dnOf(local), {
        objectClass: ['inetOrgPerson', 'adPerson'],
        ...{ uid: local, cn: 'The Owner', sn: 'Owner', mail: owner.user.email },
      });
    });
    const small = await previewed(
      await lab.connection({ sync: { filter: `(|(uid=${local})(uid=p9))`, mostDeactivatedPercent: 100 } }),
    );
    const run = await lab.sync(small, 'apply');
    expect(run.counts).toEqual(counts({ updated: 2, created: 0 }));
    expect(await one(local)).toMatchObject({ role: 'owner', name: 'The Owner', status: 'active' });
    await lab.directory.change(async (client) => {
      await client.del(lab.directory.dnOf(local));
    });
    const without = await lab.sync(small, 'apply');
    expect(without.counts).toEqual(counts({ deactivated: 0, skipped: 1 }));
    expect(without.people).toEqual([
      expect.objectContaining({ change: 'skip', email: owner.user.email, reason: 'owner_kept' }),
    ]);
    await lab.owner(() => lab.auth.get(ChangeConnectionState).remove(small.id));
  });

  it('stand in teams as their groups do, where groups are teams', async () => {
    const small = await previewed(
      await lab.connection({ groups, sync: { filter: '(|(uid=ann)(uid=lead)(uid=p10))', teams: true } }),
    );
    const run = await lab.sync(small, 'apply');
    expect(run.counts).toEqual(counts({ updated: 3, teams: 3 }));
    const members = async () =>
      lab.nobody(() =>
        lab.auth.shard.database.query<{ name: string; people: number }>(
          `SELECT t.name, count(m.user_id)::integer AS people FROM auth.scim_groups g
             JOIN auth.teams t ON t.tenant_id = g.tenant_id AND t.id = g.team_id
             LEFT JOIN auth.scim_group_members m ON m.team_id = g.team_id GROUP BY t.name ORDER BY t.name`,
        ),
      );
    expect(await members()).toEqual([
      ...[
        { name: 'engineers', people: 2 },
        { name: 'loop', people: 2 },
        { name: 'staff', people: 2 },
      ],
    ]);
    expect((await lab.sync(small, 'apply')).counts).toEqual(counts({ teams: 0, updated: 0 }));
    await lab.directory.change(async (client) => {
      await client.del('cn=engineers,ou=groups,dc=corp,dc=example');
    });
    expect((await lab.sync(small, 'apply')).counts).toEqual(counts({ teams: 3 }));
    expect((await members()).map(({ people: number }) => number)).toEqual([0, 0, 0]);
  });

  it('are in groups that name them by uid (posixGroup), at a sign-in as in a run', async () => {
    const posix = { baseDn: groups.baseDn, filter: '(objectClass=posixGroup)' };
    const connection = await lab.connection(
      { groups: { ...posix, memberAttribute: 'memberUid', memberIs: 'uid' }, ...filterFor('extra') },
      {
        provisioning: { mode: 'create', emailDomains: 'any', rules: [{ value: 'printers', role: 'admin' }] },
      },
    );
    await lab.sync(connection, 'preview');
    await lab.sync(connection, 'apply');
    expect((await one('extra'))?.role).toBe('admin');
    await lab.directory.change(async (client) => {
      await client.modify(lab.directory.dnOf('extra'), replacing('userPassword', 'extra-secret-1'));
    });
    await lab.signIn(connection, 'extra', 'extra-secret-1');
    expect((await lab.lastAttempt(connection)).attributes['groups']).toEqual(['printers']);
    await lab.owner(() => lab.auth.get(ChangeConnectionState).remove(connection.id));
  });

  it('are all of a group whose members come in parts, as Active Directory gives them', async () => {
    const base = 'ou=people,dc=corp,dc=example';
    const dn = (at: number) => `cn=m${at},${base}`;
    const group = 'cn=all,ou=groups,dc=corp,dc=example';
    let searches = 0;
    active.answers = ({ id, operation }) => {
      if (operation !== 'search') return [result(id, 0x61, 0)];
      searches += 1;
      const end = result(id, 0x65, 0);
      const part = (range: string, from: number, to: number) =>
        searchEntry(id, group, {
          ...{ cn: 'all', entryUUID: 'g-1' },
          [`member;range=${range}`]: Array.from({ length: to - from }, (_, at) => dn(from + at)),
        });
      if (searches === 1) return [searchEntry(id, base, {}), end];
      if (searches === 2) return [part('0-1', 0, 2), end];
      if (searches === 3) return [part('2-3', 2, 4), end];
      if (searches === 4) return [part('4-*', 4, 5), end];
      const everybody = [0, 1, 2, 3, 4].map((at) =>
        searchEntry(id, dn(at), {
          uid: `m${at}`,
          cn: `M ${at}`,
          mail: `m${at}@acme.example`,
          entryUUID: `m-${at}`,
        }),
      );
      return [...everybody, end];
    };
    const connection = await lab.connection(
      {
        servers: [{ host: '127.0.0.1', port: active.port }],
        caCertificates: [authority.certificate],
        groups,
      },
      { provisioning: { mode: 'create', emailDomains: 'any', rules: [{ value: 'all', role: 'author' }] } },
    );
    await lab.sync(connection, 'preview');
    searches = 0;
    expect((await lab.sync(connection, 'apply')).counts).toEqual(counts({ created: 5, failed: 0 }));
    expect((await people('m_@acme.example')).map(({ role }) => role)).toEqual(Array(5).fill('author'));
    // A part that does not go on is an error: without it people would fall out of their groups.
    searches = 0;
    const { answers } = active;
    active.answers = (message, socket) => {
      const given = answers(message, socket);
      return searches === 3 ? [result(message.id, 0x65, 0)] : given;
    };
    expect(await lab.sync(connection, 'apply')).toMatchObject({
      ...{ state: 'failed', problem: { code: 'ldap_refused' } },
    });
    expect((await told('auth.ldap_sync.failed')).at(-1)?.payload).toMatchObject({ reason: 'ldap_refused' });
  });

  it('are taken over by the clock as often as the settings say, while the connection is open', async () => {
    const due = async () => {
      const [shard] = await lab.auth.shard.directory.shards();
      return lab.auth.shard.relay.query<{ tenantId: string }>(shard?.name ?? '', ldapSyncsDue);
    };
    const next = async () => (await lab.owner(() => lab.auth.get(ShowLdapSyncs).list(corp.id))).nextAt;
    expect(await next()).toBeNull();
    const hourly = await changed(corp, { sync: { every: 'hourly' } });
    expect(hourly.state).toBe('active');
    await lab.sync(hourly, 'preview');
    const at = new Date((await next()) ?? 0).getTime() - lab.auth.clock.now().getTime();
    expect(at / HOUR).toBeGreaterThan(0.9);
    expect(at / HOUR).toBeLessThan(1.1);
    const runs = async () =>
      (await lab.owner(() => lab.auth.get(ShowLdapSyncs).list(corp.id))).items.filter(
        ({ cause }) => cause === 'schedule',
      );
    await lab.work();
    expect(await runs()).toEqual([]);
    lab.auth.clock.advance(1.2 * HOUR);
    await lab.work();
    expect(await runs()).toMatchObject([{ state: 'succeeded', kind: 'apply' }]);
    expect(new Date((await next()) ?? 0).getTime()).toBeGreaterThan(lab.auth.clock.now().getTime());
    // The timer sees tenants, by a role that sees nothing else.
    await lab.nobody(() =>
      lab.auth.shard.database.query(
        `UPDATE auth.ldap_syncs SET due_at = now() - interval '1 s' WHERE state = 'waiting'`,
      ),
    );
    expect(await due()).toEqual([{ tenantId: lab.here.id }]);
    await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(hourly.id));
    await lab.work();
    expect(await runs()).toHaveLength(1);
    expect(await due()).toEqual([]);
    await changed((await now(hourly)) ?? hourly, { sync: { every: 'off' } });
    expect(await next()).toBeNull();
  });
});

const replacing = (type: string, value: string) =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) });

async function now({ id }: Connection): Promise<Connection | null> {
  return lab.nobody(() => lab.auth.get(ConnectionRepository).byId(id));
}

/** With other settings of the directory; a test of it is not what this is about. */
async function changed(before: Connection, change: object): Promise<Connection> {
  const was = (await now(before)) ?? before;
  const { bindPassword, ...rest } = lab.directory.input();
  expect(bindPassword).not.toBe('');
  const ldap = { ...was.ldap, ...rest, groups: was.ldap?.groups ?? null, ...change };
  const parsed = newConnection.parse({ kind: 'ldap', name: was.name, ldap });
  const patch = parsed.kind === 'ldap' ? { ldap: parsed.ldap } : {};
  await lab.owner(() => lab.auth.get(UpdateConnection).execute(was.id, patch, String(was.version)));
  return (await now(before)) ?? before;
}
