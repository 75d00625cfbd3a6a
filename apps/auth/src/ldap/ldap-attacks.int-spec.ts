import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'ldapts';
import {
  codeOf,
  expectOnPage,
  FakeDirectory,
  LdapLab,
  result,
  searchEntry,
  searchReference,
  TestAuthority,
  type Attack,
  type AttackCase as Case,
  type AttackRow,
} from '../../testing/index.js';
import { newConnection } from '#libs/contracts/auth';
import { ChangeConnectionState } from '../connection/change-connection-state.use-case.js';
import type { Connection } from '../connection/connection.js';
import { UpdateConnection } from '../connection/update-connection.use-case.js';
import { FinishSignIn } from '../federation/finish-sign-in.use-case.js';
import { CheckLdap } from './check-ldap.use-case.js';

const BIND = 0x61;
const SEARCHED = 0x65;
const EXTENDED = 0x78;
const PERSON = 'uid=ann,ou=people,dc=corp,dc=example';

let lab: LdapLab;
let corp: Connection;
let other: Connection;
/** Speaks TLS with a certificate that is right. */
let liar: FakeDirectory;
let lied: Connection;
/** Speaks in the clear. */
let stripper: FakeDirectory;
let stripped: Connection;
/** Where a referral leads to. */
let evil: FakeDirectory;
const rows: AttackRow[] = [];

/** Tries to come in, and gives the reason that the trace names; null when it came in. */
const tried = async (connection: Connection, name: string, password: string): Promise<string | null> => {
  const code = await codeOf(lab.signIn(connection, name, password));
  return code === null ? null : (await lab.lastAttempt(connection)).reason;
};
/** That it was refused for this very thing, and not since something else broke off. */
const because =
  (said: RegExp, connection: () => Promise<Connection> | Connection): Attack =>
  async () => {
    const at = await connection();
    const reason = await tried(at, 'ann', 'ann-secret-1');
    if (reason === null) return null;
    const words = (await lab.lastAttempt(at)).checks.at(-1)?.actual ?? '';
    expect(words).toMatch(said);
    return `${reason}: ${said.source}`;
  };
const named =
  (name: string, password = 'ann-secret-1'): Attack =>
  () =>
    tried(corp, name, password);
/** The server takes the search account and then answers as it likes. */
const lying =
  (search: (id: number) => readonly Buffer[], person = 0): Attack =>
  async () => {
    let binds = 0;
    liar.answers = ({ id, operation }) => {
      if (operation === 'search') return search(id);
      binds += operation === 'bind' ? 1 : 0;
      return [result(id, BIND, binds === 1 ? 0 : person)];
    };
    return tried(lied, 'ann', 'ann-secret-1');
  };
const ann = (id: number, change: Readonly<Record<string, string | readonly string[]>> = {}, dn = PERSON) =>
  searchEntry(id, dn, { uid: 'ann', mail: 'ann@acme.example', entryUUID: 'a-1', ...change });
const misconfigured = (ldap: () => object, said: RegExp): Attack =>
  because(said, async () => lab.connection(ldap()));
const refusedAtOnce =
  (servers: readonly object[]): Attack =>
  () =>
    codeOf(lab.draft({ servers }));

const names: readonly Case[] = [
  ['L01', 'An empty password, which the directory answers with success', 'RFC 4513 5.1.2', named('ann', '')],
  ['L01b', 'A password of blanks', 'RFC 4513 5.1.2', named('ann', '   ')],
  ['L02', 'A star for a name', 'LDAP injection', named('*')],
  ['L02b', 'A name that closes the filter and opens another', 'LDAP injection', named('ann)(|(uid=*')],
  ['L02c', 'A name that makes the filter true', 'LDAP injection', named('*)(uid=*))(|(uid=*')],
  ['L02d', 'A name in escapes of filters', 'RFC 4515 3', named('\\61nn')],
  ['L02e', 'A name in escapes of distinguished names', 'RFC 4514 2.4', named('ann\\,ou=people')],
  ['L02f', 'A NUL behind the name', 'CWE-158', named('ann\u0000')],
  ['L02g', 'A NUL behind the password', 'CWE-158', named('ann', 'ann-secret-1\u0000x')],
  ['L02h', 'The beginning of a name', 'LDAP injection', named('an*')],
  ['L02i', 'A distinguished name for a name', 'LDAP injection', named(PERSON)],
  [
    'L03',
    'A name that two entries bear',
    'CWE-287',
    () => tried(other, 'twin@acme.example', 'twin-secret-1'),
  ],
  ['L03b', 'A disabled account with the right password', 'Active Directory', named('off', 'off-secret-1')],
];

const servers: readonly Case[] = [
  [
    'L04',
    'A certificate of another authority',
    'RFC 4513 3.1.3',
    misconfigured(
      () => ({ caCertificates: [stranger.certificate] }),
      /authority of the certificate is not one/,
    ),
  ],
  [
    'L04b',
    'A certificate for another host',
    'RFC 4513 3.1.3',
    misconfigured(
      () => ({
        servers: [{ host: '127.0.0.1', port: elsewhere.port }],
        caCertificates: [stranger.certificate],
      }),
      /certificate is for another host/,
    ),
  ],
  [
    'L04c',
    'A certificate that has run out',
    'RFC 5280 6',
    misconfigured(
      () => ({
        servers: [{ host: '127.0.0.1', port: expired.port }],
        caCertificates: [stranger.certificate],
      }),
      /certificate has run out/,
    ),
  ],
  [
    'L04d',
    'No TLS where it has to be from the first byte',
    'RFC 4513 3',
    misconfigured(() => ({ servers: [{ host: '127.0.0.1', port: lab.directory.ports.ldap }] }), /no TLS/),
  ],
  [
    'L05',
    'StartTLS stripped: the server says that it cannot',
    'RFC 4513 3.1.1',
    async () => {
      stripper.answers = ({ id, operation }) => [result(id, operation === 'extended' ? EXTENDED : BIND, 2)];
      stripper.heard.length = 0;
      const reason = await because(/answers 2 to StartTLS/, () => stripped)();
      // Nothing was said in the clear but the question.
      return stripper.heard.join() === 'extended' ? reason : null;
    },
  ],
  [
    'L05b',
    'An answer in the clear, kept for after the handshake',
    'CVE-2011-0411',
    async () => {
      stripper.answers = ({ id }) => [Buffer.concat([result(id, EXTENDED, 0), result(2, BIND, 0)])];
      return because(/more in the clear than the answer/, () => stripped)();
    },
  ],
  [
    'L05c',
    'StartTLS that is granted and then not done',
    'RFC 4513 3.1.1',
    async () => {
      stripper.answers = ({ id, operation }) =>
        operation === 'extended' ? [result(id, EXTENDED, 0)] : [Buffer.from('in the clear')];
      return because(/no TLS/, () => stripped)();
    },
  ],
];

const lies: readonly Case[] = [
  [
    'L06',
    'The entry of somebody else in answer to a name',
    'CWE-345',
    lying((id) => [ann(id, { uid: 'owner', mail: 'owner@acme.example' }), result(id, SEARCHED, 0)]),
  ],
  [
    'L06b',
    'An entry from outside the base',
    'CWE-345',
    lying((id) => [ann(id, {}, 'uid=ann,ou=contractors,dc=evil,dc=example'), result(id, SEARCHED, 0)]),
  ],
  [
    'L06c',
    'A base in the middle of a value',
    'CWE-345',
    lying((id) => [ann(id, {}, 'uid=ann\\,ou=people\\,dc=corp\\,dc=example'), result(id, SEARCHED, 0)]),
  ],
  [
    'L06d',
    'An entry with two ids',
    'CWE-345',
    lying((id) => [ann(id, { entryUUID: ['a-1', 'owner-1'] }), result(id, SEARCHED, 0)]),
  ],
  [
    'L06e',
    'An entry without an id',
    'CWE-345',
    lying((id) => [ann(id, { entryUUID: [] }), result(id, SEARCHED, 0)]),
  ],
  [
    'L06f',
    'A second entry behind the limit that was asked for',
    'CWE-345',
    lying((id) => [ann(id), ann(id, {}, `cn=x,${PERSON}`), result(id, SEARCHED, 0)]),
  ],
  [
    'L07',
    'A referral to another host instead of an answer',
    'RFC 4511 4.1.10, SSRF',
    async () => {
      const reason = await lying((id) => [result(id, SEARCHED, 10, `ldap://127.0.0.1:${evil.port}/`)])();
      return evil.connections === 0 ? reason : null;
    },
  ],
  [
    'L07b',
    'References to another host among the entries',
    'RFC 4511 4.5.3, SSRF',
    async () => {
      const reference = `ldap://127.0.0.1:${evil.port}/dc=evil`;
      const reason = await lying((id) => [searchReference(id, reference), result(id, SEARCHED, 0)])();
      return evil.connections === 0 ? reason : null;
    },
  ],
  [
    'L07c',
    'A referral for the password of the person',
    'RFC 4511 4.1.10',
    async () => {
      const reason = await lying((id) => [ann(id), result(id, SEARCHED, 0)], 10)();
      return evil.connections === 0 ? reason : null;
    },
  ],
  [
    'L08',
    'An entry of many megabytes',
    'CWE-400',
    lying((id) => [ann(id, { cn: 'x'.repeat(3_000_000) }), result(id, SEARCHED, 0)]),
  ],
  ['L08b', 'Entries without end', 'CWE-400', lying((id) => Array.from({ length: 30_000 }, () => ann(id)))],
  ['L08c', 'No answer at all', 'CWE-400', lying(() => [])],
  [
    'L08d',
    'A message that says that it is longer than all',
    'CWE-130',
    lying(() => [Buffer.from('3084ffffffff', 'hex')]),
  ],
  ['L08e', 'Bytes that are no LDAP', 'CWE-20', lying(() => [Buffer.alloc(2_000_000, 0xff)])],
];

const ways: readonly Case[] = [
  [
    'L09',
    'A server at the metadata service of a cloud',
    'SSRF',
    refusedAtOnce([{ host: '169.254.169.254', port: 389 }]),
  ],
  ['L09b', 'A server of this machine', 'SSRF', refusedAtOnce([{ host: '127.0.0.1', port: 6379 }])],
  ['L09c', 'The same, written as IPv6', 'SSRF', refusedAtOnce([{ host: '[::ffff:127.0.0.1]', port: 636 }])],
  ['L09d', 'A port that no directory has', 'SSRF', refusedAtOnce([{ host: 'ldap.example.com', port: 22 }])],
  [
    'L09e',
    'A name that leads to this machine',
    'SSRF',
    async () => {
      const connection = await lab.connection({ servers: [{ host: 'localhost', port: 636 }] });
      return tried(connection, 'ann', 'ann-secret-1');
    },
  ],
  [
    'L10',
    'A sign-in that another browser began',
    'login CSRF',
    async () =>
      codeOf(lab.answer(corp, await lab.begin(corp), 'ann', 'ann-secret-1', undefined, 'c'.repeat(43))),
  ],
  [
    'L10b',
    'A sign-in that was begun at another connection',
    'IdP mix-up',
    async () => codeOf(lab.answer(other, await lab.begin(corp), 'ann', 'ann-secret-1')),
  ],
  [
    'L10c',
    'A sign-in a second time',
    'replay',
    async () => {
      const flow = await lab.begin(corp);
      await lab.answer(corp, flow, 'ann', 'ann-secret-1');
      return codeOf(lab.answer(corp, flow, 'ann', 'ann-secret-1'));
    },
  ],
  [
    'L10d',
    'What was proved, handed to another browser',
    'login CSRF',
    async () => {
      const settled = await lab.answer(corp, await lab.begin(corp), 'ann', 'ann-secret-1');
      const handle = settled.kind === 'handoff' ? settled.handle : '';
      const entered = lab.nobody(() => lab.auth.get(FinishSignIn).inBrowser(handle, 'c'.repeat(43)));
      return entered.then(
        () => null,
        (error: unknown) => (error as { reason: string }).reason,
      );
    },
  ],
  [
    'L11',
    'A connection that was disabled meanwhile',
    'CVE-2026-3047',
    async () => {
      const connection = await lab.connection();
      const flow = await lab.begin(connection);
      await lab.owner(() => lab.auth.get(ChangeConnectionState).disable(connection.id));
      await codeOf(lab.answer(connection, flow, 'ann', 'ann-secret-1'));
      return (await lab.lastAttempt(connection)).reason;
    },
  ],
  [
    'L12',
    'Guessing who is there by the answer, or by what the directory is asked',
    'CWE-204',
    async () => {
      const seen = [];
      for (const entries of [true, false]) {
        // A name that failed so often is locked after each failure.
        lab.auth.clock.advance(1_000_000);
        liar.heard.length = 0;
        const search = (id: number) => [...(entries ? [ann(id)] : []), result(id, SEARCHED, 0)];
        await lying(search, 49)();
        seen.push(liar.heard.join());
      }
      const codes = [];
      for (const name of ['ann', 'nobody']) codes.push(await codeOf(lab.signIn(corp, name, 'wrong')));
      return seen[0] === seen[1] && codes[0] === codes[1] ? (codes[0] ?? null) : null;
    },
  ],
  [
    'L13',
    'One password after the other for a name',
    'CWE-307',
    async () => {
      let code: string | null = null;
      for (let guess = 0; guess < 6; guess += 1) {
        code = await codeOf(lab.signIn(corp, 'guessed', `guess-${guess}`));
      }
      return code;
    },
  ],
  [
    'L14',
    'The password of the search account, sent to a server of somebody who may change the connection',
    'CVE-2024-5967',
    async () => {
      evil.heard.length = 0;
      const connection = await lab.connection();
      const { bindPassword, ...kept } = lab.directory.input();
      expect(bindPassword).toBeDefined();
      const here = { host: '127.0.0.1', port: evil.port };
      const outcomes = [];
      for (const change of [
        { servers: [here] },
        { servers: [...kept.servers, here] },
        { caCertificates: [stranger.certificate] },
      ]) {
        const input = newConnection.parse({ kind: 'ldap', name: 'Corp', ldap: { ...kept, ...change } });
        if (input.kind !== 'ldap') return null;
        const { ldap } = input;
        const look = () => lab.auth.get(CheckLdap).execute(connection.id, { username: null, ldap });
        const save = () =>
          lab.auth.get(UpdateConnection).execute(connection.id, { ldap }, String(connection.version));
        outcomes.push(await codeOf(lab.owner(look)), await codeOf(lab.owner(save)));
      }
      const [code] = outcomes;
      return new Set(outcomes).size === 1 && evil.heard.length === 0 ? (code ?? null) : null;
    },
  ],
];

let stranger: TestAuthority;
let elsewhere: FakeDirectory;
let expired: FakeDirectory;

describe('attacks on sign-in at a directory', () => {
  beforeAll(async () => {
    stranger = await TestAuthority.make('CN=Another Root');
    const own = await stranger.issue(['127.0.0.1']);
    [liar, stripper, evil, elsewhere, expired] = await Promise.all([
      FakeDirectory.start(own),
      FakeDirectory.start(null),
      FakeDirectory.start(null),
      FakeDirectory.start(await stranger.issue(['other.example'])),
      FakeDirectory.start(await stranger.issue(['127.0.0.1'], -1)),
    ]);
    const fakes = [liar, stripper, evil, elsewhere, expired].map(({ port }) => `127.0.0.1:${port}`);
    lab = await LdapLab.open(
      {
        people: [
          { uid: 'ann', password: 'ann-secret-1' },
          { uid: 'owner', password: 'owner-secret-1' },
          { uid: 'off', password: 'off-secret-1', attributes: { userAccountControl: '514' } },
          { uid: 'twin1', password: 'twin-secret-1', attributes: { mail: 'twin@acme.example' } },
          { uid: 'twin2', password: 'twin-secret-1', attributes: { mail: 'twin@acme.example' } },
        ],
      },
      fakes,
    );
    corp = await lab.connection();
    other = await lab.connection({ userFilter: '(mail={username})' });
    const at = ({ port }: FakeDirectory) => ({
      servers: [{ host: '127.0.0.1', port }],
      caCertificates: [stranger.certificate],
    });
    lied = await lab.connection(at(liar));
    stripped = await lab.connection({ ...at(stripper), security: 'starttls' });
  }, 120_000);
  afterAll(async () => {
    await lab.close();
    await Promise.all([liar, stripper, evil, elsewhere, expired].map((one) => one.stop()));
  });
  beforeEach(() => {
    // The longest lock of a name is over by then; here fail more than one name bears.
    lab.auth.clock.advance(1_000_000);
  });

  const groups = { names, servers, lies, ways };
  describe.each(Object.entries(groups))('%s', (_, cases) => {
    it.each(cases)('%s %s', async (id, what, source, attack) => {
      const reason = await attack();
      expect([id, reason]).not.toEqual([id, null]);
      rows.push({ id, what, source, reason: reason ?? '' });
    });
  });

  it('lets in who is right, so that the cases above prove something', async () => {
    const right = await lab.signIn(corp, 'ann', 'ann-secret-1');
    expect(right.signIn.user.email).toBe('ann@acme.example');
    let binds = 0;
    liar.answers = ({ id, operation }) => {
      binds += operation === 'bind' ? 1 : 0;
      return operation === 'search'
        ? [ann(id, { mail: 'lied@acme.example' }), result(id, SEARCHED, 0)]
        : [result(id, BIND, 0)];
    };
    expect((await lab.signIn(lied, 'ann', 'x')).signIn.user.email).toBe('lied@acme.example');
    expect(binds).toBe(2);
    // The directory itself lets a name in without a password; only we do not ask it.
    const client = new Client({ url: `ldap://127.0.0.1:${lab.directory.ports.ldap}` });
    await client.bind(PERSON, '');
    await client.unbind();
  });

  it('stands on the page of attacks as it is', () => {
    expect(rows).toHaveLength(Object.values(groups).flat().length);
    expectOnPage('directories', 'apps/auth/src/ldap/ldap-attacks.int-spec.ts', rows);
  });
});
