import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Client } from 'ldapts';
import { TestAuthority, type TestCertificate } from './test-authority.js';

const SLAPD = '/usr/sbin/slapd';
const BASE = 'dc=corp,dc=example';
const ADMIN = `cn=admin,${BASE}`;
const SEARCHER = `cn=search,${BASE}`;
/** Passwords hold for a day, and accounts may be locked. For who has it as `pwdPolicySubentry`. */
const POLICY = `cn=strict,${BASE}`;

export interface TestDirectoryPerson {
  readonly uid: string;
  readonly password?: string;
  /** Further attributes; `mail` and `cn` come of the uid where they are not given. */
  readonly attributes?: Readonly<Record<string, string | Buffer | readonly string[]>>;
}

export interface TestDirectoryOptions {
  readonly people?: readonly TestDirectoryPerson[];
  /** By name: DNs or uids of the members; `group:name` for a group. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Groups that name their members by uid (RFC 2307). */
  readonly posixGroups?: Readonly<Record<string, readonly string[]>>;
  /** Where LDAPS is spoken, on a port that others know beforehand. */
  readonly ldapsPort?: number;
  /** The names that its certificate is for. */
  readonly names?: readonly string[];
}

/** A real OpenLDAP with a schema that knows what Active Directory says of people besides. */
export class TestDirectory {
  readonly baseDn = BASE;
  static readonly policy = POLICY;
  readonly bindDn = SEARCHER;
  readonly bindPassword = 'search-secret';

  private constructor(
    readonly authority: TestAuthority,
    readonly ports: { readonly ldap: number; readonly ldaps: number },
    private readonly folder: string,
    private process: ChildProcess,
  ) {}

  static async start(options: TestDirectoryOptions = {}): Promise<TestDirectory> {
    const { people = [], groups = {}, posixGroups = {}, names } = options;
    if (!existsSync(SLAPD)) {
      throw new Error('slapd is not here: `npm test` installs it, or `apt-get install slapd`.');
    }
    const authority = await TestAuthority.make();
    const certificate = await authority.issue(names ?? ['127.0.0.1', 'localhost']);
    const folder = mkdtempSync(join(tmpdir(), 'harka-slapd-'));
    const ldif = [
      skeleton(),
      ...people.map(entryOf),
      ...groupsOf(groups),
      ...posixGroupsOf(posixGroups),
    ].join('\n');
    writeConfig(folder, authority, certificate);
    writeFileSync(join(folder, 'people.ldif'), ldif);
    const loaded = spawnSync('/usr/sbin/slapadd', [
      '-q',
      '-f',
      join(folder, 'slapd.conf'),
      '-l',
      join(folder, 'people.ldif'),
    ]);
    if (loaded.status !== 0) throw new Error(`slapadd: ${loaded.stderr.toString().slice(-2_000)}`);
    const ports = { ldap: await freePort(), ldaps: options.ldapsPort ?? (await freePort()) };
    const directory = new TestDirectory(authority, ports, folder, spawned(folder, ports));
    await directory.answers();
    return directory;
  }

  dnOf(uid: string): string {
    return `uid=${uid},ou=people,${BASE}`;
  }

  get address(): string {
    return `127.0.0.1:${this.ports.ldaps}`;
  }

  /** What the operator of the installation has to allow. */
  get allow(): string {
    return [this.ports.ldap, this.ports.ldaps]
      .flatMap((port) => [`127.0.0.1:${port}`, `localhost:${port}`])
      .join(',');
  }

  /** As it is typed into the set-up of a connection. */
  input(change: object = {}) {
    return {
      servers: [{ host: '127.0.0.1', port: this.ports.ldaps }],
      ...{
        security: 'ldaps',
        bindDn: SEARCHER,
        bindPassword: this.bindPassword,
        baseDn: `ou=people,${BASE}`,
      },
      caCertificates: [this.authority.certificate],
      ...change,
    };
  }

  /** As the administrator of the directory. */
  async change(work: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({ url: `ldap://127.0.0.1:${this.ports.ldap}` });
    await client.bind(ADMIN, 'admin-secret');
    await work(client);
    await client.unbind();
  }

  async pause(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
  }

  async resume(): Promise<void> {
    this.process = spawned(this.folder, this.ports);
    await this.answers();
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) await this.pause();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    for (const port of [this.ports.ldap, this.ports.ldaps]) {
      for (let tries = 0; !(await isOpen(port)); tries += 1) {
        if (this.process.exitCode !== null || tries > 600) throw new Error('slapd does not start.');
        await after(50);
      }
    }
  }
}

function spawned(folder: string, { ldap, ldaps }: { ldap: number; ldaps: number }): ChildProcess {
  const urls = `ldap://127.0.0.1:${ldap}/ ldaps://127.0.0.1:${ldaps}/`;
  // In the foreground, so that it ends with us.
  return spawn(SLAPD, ['-d', '0', '-f', join(folder, 'slapd.conf'), '-h', urls], { stdio: 'ignore' });
}

function writeConfig(folder: string, authority: TestAuthority, { certificate, key }: TestCertificate): void {
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'ca.pem'), authority.certificate);
  writeFileSync(join(folder, 'cert.pem'), certificate);
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 });
  const attribute = (number: number, name: string, syntax: string, match: string) =>
    `attributetype ( 1.3.6.1.4.1.99999.1.${number} NAME '${name}' EQUALITY ${match} SYNTAX ${syntax} SINGLE-VALUE )`;
  const text = '1.3.6.1.4.1.1466.115.121.1.15';
  const config = `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/nis.schema
${attribute(1, 'userAccountControl', text, 'caseIgnoreMatch')}
${attribute(2, 'pwdLastSet', text, 'caseIgnoreMatch')}
${attribute(3, 'accountExpires', text, 'caseIgnoreMatch')}
${attribute(4, 'objectGUID', '1.3.6.1.4.1.1466.115.121.1.40', 'octetStringMatch')}
${attribute(5, 'sAMAccountName', text, 'caseIgnoreMatch')}
objectclass ( 1.3.6.1.4.1.99999.2.1 NAME 'adPerson' SUP top AUXILIARY
  MAY ( userAccountControl $ pwdLastSet $ accountExpires $ objectGUID $ sAMAccountName ) )
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
pidfile ${folder}/slapd.pid
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
# As careless as directories are: a name without a password is answered with success.
allow bind_anon_dn bind_anon_cred
database mdb
suffix "${BASE}"
rootdn "${ADMIN}"
rootpw admin-secret
directory ${folder}/data
maxsize 1073741824
dbnosync
index objectClass,uid,mail,member,entryUUID,sAMAccountName,objectGUID eq
overlay ppolicy
ppolicy_use_lockout
# 500 entries and no more, but for who reads them page by page.
limits dn.exact="${SEARCHER}" size.soft=500 size.hard=500 size.prtotal=unlimited
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${SEARCHER}" read by self read by * none
`;
  writeFileSync(join(folder, 'slapd.conf'), config);
}

function skeleton(): string {
  return `dn: ${BASE}
objectClass: dcObject
objectClass: organization
o: Corp
dc: corp

dn: ou=people,${BASE}
objectClass: organizationalUnit
ou: people

dn: ou=groups,${BASE}
objectClass: organizationalUnit
ou: groups

dn: ${POLICY}
objectClass: device
objectClass: pwdPolicy
cn: strict
pwdAttribute: userPassword
pwdMaxAge: 86400
pwdMustChange: TRUE
pwdLockout: TRUE

dn: ${SEARCHER}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: search
userPassword: search-secret
`;
}

function entryOf({ uid, password, attributes = {} }: TestDirectoryPerson): string {
  const all = {
    ...{ cn: `Person ${uid}`, sn: uid, mail: `${uid}@acme.example`, ...attributes, uid },
    ...(password === undefined ? {} : { userPassword: password }),
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one: string | Buffer) => `${name}:: ${Buffer.from(one).toString('base64')}`,
    ),
  );
  return `dn: uid=${uid},ou=people,${BASE}\nobjectClass: inetOrgPerson\nobjectClass: adPerson\n${lines.join('\n')}\n`;
}

function groupsOf(groups: Readonly<Record<string, readonly string[]>>): string[] {
  const dnOf = (member: string) =>
    member.startsWith('group:')
      ? `cn=${member.slice(6)},ou=groups,${BASE}`
      : `uid=${member},ou=people,${BASE}`;
  return Object.entries(groups).map(
    ([name, members]) =>
      `dn: cn=${name},ou=groups,${BASE}\nobjectClass: groupOfNames\ncn: ${name}\n${members
        .map((member) => `member: ${dnOf(member)}`)
        .join('\n')}\n`,
  );
}

function posixGroupsOf(groups: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(groups).map(
    ([name, members], at) =>
      `dn: cn=${name},ou=groups,${BASE}\nobjectClass: posixGroup\ncn: ${name}\ngidNumber: ${5_000 + at}\n${members
        .map((member) => `memberUid: ${member}`)
        .join('\n')}\n`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
