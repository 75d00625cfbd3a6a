import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newConnection } from '#libs/contracts/auth';
import { codeOf, eventsOf, LdapLab, TestDirectory } from '../../testing/index.js';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import type { Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { UpdateConnection } from '../connection/update-connection.use-case.js';
import { CheckLdap } from './check-ldap.use-case.js';
import { LdapServers } from './ldap-servers.js';

const GUID = '00112233-4455-6677-8899-aabbccddeeff';
const groups = {
  baseDn: 'ou=groups,dc=corp,dc=example',
  filter: '(objectClass=groupOfNames)',
};
const policy = { pwdPolicySubentry: TestDirectory.policy, pwdChangedTime: '20200101000000Z' };
const people = [
  {
    uid: 'ann',
    password: 'ann-secret-1',
    attributes: { departmentNumber: 'Research', displayName: 'Ann Bäcker' },
  },
  { uid: 'bob', password: 'bob-secret-1' },
  { uid: 'off', password: 'off-secret-1', attributes: { userAccountControl: '514' } },
  { uid: 'new', password: 'new-secret-1', attributes: { pwdLastSet: '0' } },
  { uid: 'left', password: 'left-secret-1', attributes: { accountExpires: '132223104000000000' } },
  { uid: 'aged', password: 'aged-secret-1', attributes: policy },
  { uid: 'reset', password: 'reset-secret-1', attributes: { pwdReset: 'TRUE' } },
  {
    uid: 'locked',
    password: 'locked-secret-1',
    attributes: { ...policy, pwdAccountLockedTime: '20260101000000Z' },
  },
  { uid: 'twin1', password: 'twin-secret-1', attributes: { mail: 'twin@acme.example' } },
  { uid: 'twin2', password: 'twin-secret-1', attributes: { mail: 'twin@acme.example' } },
  {
    uid: 'guid',
    password: 'guid-secret-1',
    attributes: {
      objectGUID: Buffer.from('33221100554477668899aabbccddeeff', 'hex'),
      sAMAccountName: 'GuidPerson',
    },
  },
  { uid: 'umlaut', password: 'pässwörd-1', attributes: { cn: 'Zoë, "the" Person' } },
];

const ldapOf = (input: object) => {
  const parsed = newConnection.parse({ kind: 'ldap', name: 'Corp', ldap: input });
  if (parsed.kind !== 'ldap') throw new Error('It is a directory.');
  return parsed.ldap;
};

let lab: LdapLab;
let corp: Connection;

describe('sign-in at a directory', () => {
  beforeAll(async () => {
    lab = await LdapLab.open({
      people,
      groups: {
        engineers: ['ann'],
        staff: ['group:engineers', 'bob'],
        loop: ['group:staff', 'group:pool'],
        pool: ['group:loop'],
      },
    });
    corp = await lab.connection(
      { groups },
      {
        mapping: { department: 'departmentNumber' },
        provisioning: {
          ...{ mode: 'create', emailDomains: 'any' },
          rules: [
            { value: 'staff', role: 'author' },
            { value: 'engineers', team: 'Engineering' },
          ],
        },
      },
    );
  }, 120_000);
  afterAll(async () => {
    await lab.close();
  });
  beforeEach(() => {
    lab.auth.clock.advance(1_000);
  });

  it('makes a person of whom it finds, with role and team by groups in groups, and knows him again', async () => {
    const { signIn, returnTo } = await lab.signIn(corp, ' Ann ', 'ann-secret-1');
    const { user } = signIn;
    expect([user.email, user.name, user.department, user.role, user.team, returnTo]).toEqual([
      ...['ann@acme.example', 'Ann Bäcker', 'Research', 'author', 'Engineering'],
      '/courses',
    ]);
    const again = await lab.signIn(corp, 'ann', 'ann-secret-1');
    expect(again.signIn.user.id).toBe(user.id);
    const linked = (await eventsOf(lab.auth, lab.here)).filter(({ type }) => type === 'auth.identity.linked');
    expect(linked.filter(({ payload }) => payload['userId'] === user.id)).toHaveLength(1);
    const attempt = await lab.lastAttempt(corp);
    expect(attempt.outcome).toBe('succeeded');
    expect(attempt.attributes['groups']?.toSorted()).toEqual(['engineers', 'loop', 'pool', 'staff']);
  });

  it('follows the entry, not its address or its name', async () => {
    const before = await lab.signIn(corp, 'bob', 'bob-secret-1');
    await lab.directory.change(async (client) => {
      await client.modifyDN(lab.directory.dnOf('bob'), 'uid=robert');
    });
    const after = await lab.signIn(corp, 'robert', 'bob-secret-1');
    expect(after.signIn.user.id).toBe(before.signIn.user.id);
    await lab.directory.change(async (client) => {
      await client.modifyDN('uid=robert,ou=people,dc=corp,dc=example', 'uid=bob');
    });
  });

  it('says the same of a wrong password and of somebody whom nobody knows, and lets try again', async () => {
    const flow = await lab.begin(corp);
    const outcomes = [];
    for (const [name, password] of [
      ['ann', 'wrong'],
      ['nobody', 'wrong'],
    ] as const) {
      const error = await lab.answer(corp, flow, name, password).then(
        () => null,
        (thrown: unknown) => thrown as { code: string; message: string; kind: string },
      );
      outcomes.push([error?.kind, error?.code, error?.message]);
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]?.[1]).toBe('auth.invalid_credentials');
    const settled = await lab.answer(corp, flow, 'ann', 'ann-secret-1');
    expect(settled.kind).toBe('handoff');
    // It is over then.
    expect(await codeOf(lab.answer(corp, flow, 'ann', 'ann-secret-1'))).toBe('auth.sso_refused');
  });

  it.each([
    ['off', 'auth.directory_account_held', 'ldap_account_disabled'],
    ['left', 'auth.directory_account_held', 'ldap_account_expired'],
    ['new', 'auth.directory_password_change', 'ldap_password_change'],
    ['aged', 'auth.directory_password_change', 'ldap_password_change'],
    ['reset', 'auth.directory_password_change', 'ldap_password_change'],
  ])('tells %s calmly, and only after the right password', async (uid, code, reason) => {
    expect(await codeOf(lab.signIn(corp, uid, 'wrong'))).toBe('auth.invalid_credentials');
    expect(await codeOf(lab.signIn(corp, uid, `${uid}-secret-1`))).toBe(code);
    expect((await lab.lastAttempt(corp)).reason).toBe(reason);
  });

  it('says of a locked account what it says of a wrong password, and why to the administrator alone', async () => {
    expect(await codeOf(lab.signIn(corp, 'locked', 'locked-secret-1'))).toBe('auth.invalid_credentials');
    expect((await lab.lastAttempt(corp)).reason).toBe('ldap_account_locked');
  });

  it('slows guessing down by name, and by address over all names', async () => {
    for (let failures = 0; failures < 5; failures += 1) {
      await codeOf(lab.signIn(corp, 'guessed', 'wrong', '192.0.2.77'));
    }
    expect(await codeOf(lab.signIn(corp, ' GUESSED', 'wrong', '192.0.2.78'))).toBe('auth.locked');
    expect(await codeOf(lab.signIn(corp, 'ann', 'ann-secret-1'))).not.toBe('auth.locked');
  }, 60_000);

  it('takes StartTLS, names that need escaping, and the ids of Active Directory', async () => {
    const connection = await lab.connection({
      servers: [{ host: 'localhost', port: lab.directory.ports.ldap }],
      ...{ security: 'starttls', idAttribute: 'objectGUID' },
      userFilter: '(&\n  (objectClass=person)\n  (|(sAMAccountName={username})(cn={username}))\n)',
    });
    await lab.signIn(connection, 'guidperson', 'guid-secret-1');
    expect((await lab.lastAttempt(connection)).subject).toBe(GUID);
    // Without an id there is no way in, whoever it is.
    expect(await codeOf(lab.signIn(connection, 'Zoë, "the" Person', 'pässwörd-1'))).toBe(
      'auth.invalid_credentials',
    );
    expect((await lab.lastAttempt(connection)).reason).toBe('ldap_id_missing');
    const byName = await lab.connection({ userFilter: '(cn={username})' });
    const { signIn } = await lab.signIn(byName, 'zoë, "THE" person', 'pässwörd-1');
    expect(signIn.user.email).toBe('umlaut@acme.example');
  });

  it('tests without signing anybody in, and shows each step', async () => {
    const draft = await lab.draft();
    const refused = await lab.answer(draft, await lab.begin(draft, 'test'), 'ann', 'wrong');
    expect(refused.kind).toBe('tested');
    expect((await lab.lastAttempt(draft)).reason).toBe('ldap_wrong_password');
    expect(await codeOf(lab.owner(() => lab.auth.get(ChangeConnectionState).enable(draft.id)))).toBe(
      'connection.not_tested',
    );
    await lab.answer(draft, await lab.begin(draft, 'test'), 'ann', 'ann-secret-1');
    const attempt = await lab.lastAttempt(draft);
    expect(attempt.checks.map(({ check }) => check)).toEqual([
      ...['ldap_server', 'ldap_tls', 'ldap_bind', 'ldap_person', 'ldap_password', 'email_missing'],
    ]);
    expect(attempt.person?.email).toBe('ann@acme.example');
    const enabled = await lab.owner(() => lab.auth.get(ChangeConnectionState).enable(draft.id));
    expect(enabled.state).toBe('active');
  });

  it('goes on to the next server, and asks the broken one last for a while', async () => {
    const connection = await lab.connection({
      servers: [
        { host: '127.0.0.1', port: lab.directory.ports.ldap },
        { host: '127.0.0.1', port: lab.directory.ports.ldaps },
      ],
    });
    // Where the first one is, nobody speaks TLS from the first byte on.
    const enter = async () => lab.answer(connection, await lab.begin(connection), 'ann', 'ann-secret-1');
    expect((await enter()).kind).toBe('handoff');
    const health = () =>
      lab.owner(() => lab.auth.get(LdapServers).healthOf(connection.id, connection.ldap?.servers ?? []));
    expect(health().map(({ state }) => state)).toEqual(['failing', 'well']);
    await lab.directory.pause();
    try {
      expect(await codeOf(enter())).toBe('auth.directory_unavailable');
    } finally {
      await lab.directory.resume();
    }
    expect(health().map(({ state }) => state)).toEqual(['failing', 'failing']);
    expect((await enter()).kind).toBe('handoff');
  });

  it('answers that the directory is away, to everybody alike, and comes back with it', async () => {
    await lab.directory.pause();
    try {
      expect(await codeOf(lab.signIn(corp, 'ann', 'ann-secret-1'))).toBe('auth.directory_unavailable');
      expect(await codeOf(lab.signIn(corp, 'nobody', 'x'))).toBe('auth.directory_unavailable');
      expect((await lab.lastAttempt(corp)).reason).toBe('ldap_unreachable');
    } finally {
      await lab.directory.resume();
    }
    expect((await lab.signIn(corp, 'ann', 'ann-secret-1')).signIn.user.email).toBe('ann@acme.example');
  });

  describe(CheckLdap.name, () => {
    const check = async (ldap: object, username: string | null = null) => {
      const draft = await lab.draft(ldap);
      return lab.owner(async () => {
        const { reason, checks } = await lab.auth.get(CheckLdap).execute(draft.id, { username, ldap: null });
        await lab.auth.get(ChangeConnectionState).remove(draft.id);
        return { reason, words: checks.at(-1)?.actual ?? '' };
      });
    };

    it.each([
      [
        'a host that nobody knows',
        { servers: [{ host: 'no-such-host.example', port: 636 }] },
        'ldap_unreachable',
        /not known/,
      ],
      [
        'the password of the search account',
        { bindPassword: 'wrong' },
        'ldap_bind_refused',
        /invalid|credentials|0x31/i,
      ],
      ['the search account', { bindDn: 'cn=nobody,dc=corp,dc=example' }, 'ldap_bind_refused', /./],
      ['the base', { baseDn: 'ou=nowhere,dc=corp,dc=example' }, 'ldap_base_missing', /./],
      ['no authority', { caCertificates: [] }, 'ldap_tls', /authority.*Corp Root/],
    ])('says that %s is wrong', async (_, ldap, reason, words) => {
      const found = await check(ldap);
      expect([found.reason, words.test(found.words) ? 'said' : found.words]).toEqual([reason, 'said']);
    });

    it('says that nobody or several are found, that the id is missing, and that all is well', async () => {
      expect((await check({}, 'nobody')).reason).toBe('ldap_person_unknown');
      const twins = await check({ userFilter: '(mail={username})' }, 'twin@acme.example');
      expect([twins.reason, twins.words]).toEqual([
        'ldap_person_ambiguous',
        expect.stringContaining('uid=twin2'),
      ]);
      expect((await check({ idAttribute: 'objectGUID' }, 'ann')).reason).toBe('ldap_id_missing');
      expect((await check({ groups }, 'ann')).reason).toBeNull();
    });
  });

  it('looks at settings before they are saved, and leaves those that are as they are', async () => {
    const made = await lab.connection();
    const look = (change: object) =>
      lab.owner(async () => {
        const ldap = ldapOf(lab.directory.input({ bindPassword: undefined, ...change }));
        return (await lab.auth.get(CheckLdap).execute(made.id, { username: 'ann', ldap })).reason;
      });
    expect(await look({})).toBeNull();
    expect(await look({ baseDn: 'ou=nowhere,dc=corp,dc=example' })).toBe('ldap_base_missing');
    expect(await look({ bindPassword: 'wrong' })).toBe('ldap_bind_refused');
    const settled = await lab.answer(made, await lab.begin(made), 'ann', 'ann-secret-1');
    expect(settled.kind).toBe('handoff');
  });

  it('keeps the password sealed, out of events and views, and as it is when it is left out', async () => {
    const made = await lab.connection();
    const { bindPassword, ...rest } = { ...lab.directory.input() };
    await lab.owner(async () => {
      const patch = { ldap: { ...made.ldap, ...rest, bindDn: ` ${lab.directory.bindDn}`.trim() } } as never;
      await lab.auth.get(UpdateConnection).execute(made.id, patch, String(made.version));
      const secrets = await lab.auth.get(ConnectionRepository).secretsOf(made.id);
      expect(secrets.bindPassword).toBe(bindPassword);
    });
    const rows = await lab.auth.shard.inTenant(lab.here, () =>
      lab.auth.shard.database.query('SELECT settings::text, secrets FROM auth.connections WHERE id = $1', [
        made.id,
      ]),
    );
    expect(JSON.stringify(rows)).not.toContain(bindPassword);
    const changed = await eventsOf(lab.auth, lab.here);
    expect(JSON.stringify(changed)).not.toContain(bindPassword);
  });

  it.each([
    ['/ldap/userFilter', { userFilter: '(uid=someone)' }],
    ['/ldap/userFilter', { userFilter: '(!(uid={username}))' }],
    ['/ldap/userFilter', { userFilter: '(uid=*{username}*)' }],
    ['/ldap/userFilter', { userFilter: '(uid={username}' }],
    ['/ldap/groups/filter', { groups: { filter: '(cn={username})' } }],
    ['/ldap/caCertificates/0', { caCertificates: ['none'] }],
  ])('refuses settings that cannot work at %s', async (pointer, ldap) => {
    const error = await lab
      .draft(ldap)
      .catch((thrown: unknown) => thrown as { faults: { pointer: string }[] });
    expect('faults' in error ? error.faults[0]?.pointer : 'made').toBe(pointer);
  });
});
