import { Injectable } from '@nestjs/common';
import type { AttemptCheck } from '#libs/contracts/auth';
import { randomToken } from '#libs/crypto';
import { Clock } from '#libs/kernel';
import { AndFilter, EqualityFilter, OrFilter, type Filter } from 'ldapts';
import type { LdapConnection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import type { FederatedClaims } from '../federation/sign-in-flow.js';
import { isWithin } from './ldap-dn.js';
import {
  bearsName,
  heldBack,
  heldBackAttributes,
  idValueOf,
  isGuid,
  subjectOf,
  textsOf,
  type HeldBack,
  type LdapEntry,
} from './ldap-entry.js';
import { bindRefusal, faultOf, LdapFault, wordsOf } from './ldap-fault.js';
import { filterTemplate, plainFilter, type FilterTemplate } from './ldap-filter.js';
import { GroupIndex, type ListedGroup } from './ldap-group-index.js';
import { groupsOf, type LdapGroup } from './ldap-groups.js';
import { LdapMetrics } from './ldap-metrics.js';
import { LdapServers } from './ldap-servers.js';
import type { LdapSession } from './ldap-session.js';
import type { PasswordState } from './password-policy.js';

export interface TypedIn {
  readonly username: string;
  readonly password: string;
}

/** Somebody in the list of all. */
export interface ListedPerson {
  readonly claims: FederatedClaims;
  readonly held: HeldBack | null;
  /** Keys of the groups. */
  readonly groups: readonly string[];
}

export interface Listing {
  readonly people: readonly ListedPerson[];
  /** Entries that nothing names for ever, or that are not below the base. */
  readonly nameless: number;
  /** Null where the connection knows of no groups. */
  readonly groups: readonly ListedGroup[] | null;
}

export type Note = (check: AttemptCheck) => void;

const PAGE = 500;
const MOST_PEOPLE = 200_000;
const AT_ONCE = 50;
const MOST_VALUES = 200;
const MOST_LETTERS = 2_000;
/** What a person is called and where he belongs, as directories say it. */
const usualAttributes = [
  'mail',
  'displayName',
  'cn',
  'givenName',
  'sn',
  'department',
  'userPrincipalName',
] as const;

/** What is asked of a directory. All of it begins as the search account of the connection. */
@Injectable()
export class LdapDirectory {
  constructor(
    private readonly servers: LdapServers,
    private readonly connections: ConnectionRepository,
    private readonly metrics: LdapMetrics,
    private readonly clock: Clock,
  ) {}

  /**
   * Who somebody is who knows this name and password. A directory that does not know the name is asked for the password all the
   * same, of somebody whom it cannot know, so that both take as many steps.
   * @throws LdapFault
   */
  async prove(connection: LdapConnection, typed: TypedIn, note: Note): Promise<FederatedClaims> {
    const name = nameOf(typed.username);
    if (typed.password.trim() === '') throw new LdapFault('ldap_empty_password');
    return this.asSearcher(connection, note, async (session) => {
      const found = await this.metrics.timed('search', () => this.find(session, connection, name));
      if (found.length !== 1) {
        await this.bindAs(connection, decoyOf(connection), typed.password);
        throw new LdapFault(found.length === 0 ? 'ldap_person_unknown' : 'ldap_person_ambiguous', {
          actual: name,
        });
      }
      const { entry, subject } = this.proved(connection, found[0], name);
      note(passed('ldap_person', entry.dn));
      const refusal = await this.metrics.timed('bind', () =>
        this.bindAs(connection, entry.dn, typed.password),
      );
      const held = heldBack(entry, this.clock.now());
      const reason = refusal ?? held;
      if (reason !== null) throw new LdapFault(reason, { actual: entry.dn });
      note(passed('ldap_password', null));
      return this.claimsOf(
        connection,
        entry,
        subject,
        await this.groupsFor(session, connection, entry, note),
      );
    });
  }

  /** What sign-in would find, without anybody's password. @throws LdapFault */
  async look(
    connection: LdapConnection,
    username: string | null,
    note: Note,
    bindPassword?: string,
  ): Promise<FederatedClaims | null> {
    const work = async (session: LdapSession) => {
      await this.requireBase(session, connection);
      note(passed('ldap_base', connection.ldap.baseDn));
      if (username === null) return null;
      const name = nameOf(username);
      const found = await this.find(session, connection, name);
      if (found.length === 0) throw new LdapFault('ldap_person_unknown', { actual: name });
      if (found.length > 1) {
        throw new LdapFault('ldap_person_ambiguous', { actual: found.map(({ dn }) => dn).join(' | ') });
      }
      const { entry, subject } = this.proved(connection, found[0], name);
      note(passed('ldap_person', entry.dn));
      const held = heldBack(entry, this.clock.now());
      if (held !== null) throw new LdapFault(held, { actual: entry.dn });
      return this.claimsOf(
        connection,
        entry,
        subject,
        await this.groupsFor(session, connection, entry, note),
      );
    };
    return this.asSearcher(connection, note, work, bindPassword);
  }

  /**
   * Everybody, with their groups. Where a server breaks off, the next one begins anew. `beat` is called with each page.
   * @throws LdapFault
   */
  async list(connection: LdapConnection, beat: () => Promise<void>): Promise<Listing> {
    const { ldap } = connection;
    return this.asSearcher(connection, ignore, async (session) => {
      await this.requireBase(session, connection);
      const { baseDn, idAttribute } = ldap;
      const index =
        ldap.groups === null
          ? null
          : await GroupIndex.read(session, { groups: ldap.groups, baseDn, idAttribute });
      const people = new Map<string, ListedPerson>();
      let nameless = 0;
      const search = { base: baseDn, filter: everybodyOf(connection), ...this.attributes(connection) };
      for await (const page of session.pages(search, PAGE)) {
        for (const entry of page) {
          const subject = isWithin(entry.dn, baseDn) ? subjectOf(entry, idAttribute) : null;
          if (subject === null) nameless += 1;
          else if (!people.has(subject)) {
            const groups = index?.of(entry) ?? null;
            people.set(subject, {
              claims: this.claimsOf(connection, entry, subject, groups),
              held: heldBack(entry, this.clock.now()),
              groups: groups?.map(({ key }) => key) ?? [],
            });
          }
        }
        if (people.size > MOST_PEOPLE) {
          throw new LdapFault('ldap_too_many', { actual: `more than ${MOST_PEOPLE} people` });
        }
        await beat();
      }
      return { people: [...people.values()], nameless, groups: index?.groups ?? null };
    });
  }

  /**
   * Who of these is there after all, asked for one by one: a list with a gap in it is no reason to close an account.
   * @throws LdapFault
   */
  async stillThere(connection: LdapConnection, subjects: readonly string[]): Promise<ReadonlySet<string>> {
    const { baseDn: base, idAttribute: attribute } = connection.ldap;
    const there = new Set<string>();
    if (subjects.length === 0) return there;
    return this.asSearcher(connection, ignore, async (session) => {
      for (let at = 0; at < subjects.length; at += AT_ONCE) {
        const filters = subjects
          .slice(at, at + AT_ONCE)
          .map((subject) => new EqualityFilter({ attribute, value: idValueOf(subject, attribute) }));
        const filter = new AndFilter({ filters: [everybodyOf(connection), new OrFilter({ filters })] });
        const found = await session.search({
          ...{ base, filter, ...this.attributes(connection), most: 2 * AT_ONCE },
        });
        for (const entry of found) {
          const subject = isWithin(entry.dn, base) ? subjectOf(entry, attribute) : null;
          if (subject !== null) there.add(subject);
        }
      }
      return there;
    });
  }

  private async asSearcher<T>(
    connection: LdapConnection,
    note: Note,
    work: (session: LdapSession) => Promise<T>,
    typed?: string,
  ): Promise<T> {
    const bindPassword = typed ?? (await this.connections.secretsOf(connection.id)).bindPassword;
    return this.servers.use(connection, async (session) => {
      note(passed('ldap_server', session.server));
      note(passed('ldap_tls', session.proof));
      try {
        await session.bind(connection.ldap.bindDn, bindPassword ?? '');
      } catch (error) {
        if (bindRefusal(error) === null) throw faultOf(error, connection.ldap.bindDn);
        const found = { expected: connection.ldap.bindDn, actual: wordsOf(error) };
        throw new LdapFault('ldap_bind_refused', found, false, error);
      }
      note(passed('ldap_bind', connection.ldap.bindDn));
      return work(session);
    });
  }

  /** On a connection of its own. Null: the password is right; otherwise why not. @throws LdapFault of the server */
  private async bindAs(connection: LdapConnection, dn: string, password: string): Promise<string | null> {
    return this.servers.use(connection, async (session) => {
      try {
        await session.bind(dn, password);
        return session.passwordState === 'must_change' ? 'ldap_password_change' : null;
      } catch (error) {
        const refusal = bindRefusal(error);
        if (refusal === null) throw faultOf(error, dn);
        return toldOfPassword(session.passwordState) ?? refusal;
      }
    });
  }

  private async find(
    session: LdapSession,
    connection: LdapConnection,
    name: string,
  ): Promise<readonly LdapEntry[]> {
    const filter = templateOf(connection).filterFor(name);
    const search = { base: connection.ldap.baseDn, filter, ...this.attributes(connection), most: 2 };
    return session.search(search);
  }

  private proved({ ldap }: LdapConnection, entry: LdapEntry | undefined, name: string) {
    if (entry === undefined) throw new LdapFault('ldap_person_unknown', { actual: name });
    const { compared } = filterTemplate(ldap.userFilter);
    if (!isWithin(entry.dn, ldap.baseDn) || !bearsName(entry, compared, name)) {
      throw new LdapFault('ldap_other_entry', { expected: name, actual: entry.dn });
    }
    const subject = subjectOf(entry, ldap.idAttribute);
    if (subject === null) {
      throw new LdapFault('ldap_id_missing', { expected: ldap.idAttribute, actual: entry.dn });
    }
    return { entry, subject };
  }

  private async requireBase(session: LdapSession, { ldap }: LdapConnection): Promise<void> {
    const search = {
      scope: 'base',
      filter: plainFilter('(objectClass=*)'),
      attributes: ['1.1'],
      most: 1,
    } as const;
    const found = await session.search({ base: ldap.baseDn, ...search });
    if (found.length === 0) throw new LdapFault('ldap_base_missing', { expected: ldap.baseDn });
  }

  private async groupsFor(
    session: LdapSession,
    { ldap }: LdapConnection,
    person: LdapEntry,
    note: Note,
  ): Promise<readonly LdapGroup[] | null> {
    if (ldap.groups === null) return null;
    const groups = await groupsOf(session, ldap.groups, ldap.baseDn, person);
    note(passed('ldap_groups', String(groups.length)));
    return groups;
  }

  private attributes(connection: LdapConnection): { attributes: string[]; binary: string[] } {
    const { idAttribute } = connection.ldap;
    const id = isGuid(idAttribute) ? 'objectGUID' : idAttribute;
    const { memberIs = null } = connection.ldap.groups ?? {};
    const asked = [...templateOf(connection).compared, ...wanted(connection), memberIs ?? []].flat();
    const names = [id, ...heldBackAttributes, ...asked];
    return {
      attributes: [...new Map(names.map((name) => [name.toLowerCase(), name])).values()],
      binary: [id].filter(isGuid),
    };
  }

  private claimsOf(
    connection: LdapConnection,
    entry: LdapEntry,
    subject: string,
    groups: readonly LdapGroup[] | null,
  ): FederatedClaims {
    const attributes = wanted(connection).flatMap((name): [string, string[]][] => {
      const values = textsOf(entry, name)
        .slice(0, MOST_VALUES)
        .map((value) => value.slice(0, MOST_LETTERS));
      return values.length === 0 ? [] : [[name, values]];
    });
    if (groups !== null) {
      attributes.push(['groups', groups.map(({ name }) => name)], ['groupDns', groups.map(({ dn }) => dn)]);
    }
    return {
      ...{ issuer: `ldap:${connection.ldap.idAttribute.toLowerCase()}`, subject, attributes, amr: ['pwd'] },
      ...{ providerSession: null, logoutHint: null, sessionUntil: null },
    };
  }
}

/** The attributes that the mapping and the rules look at. */
function wanted({ mapping, provisioning }: LdapConnection): string[] {
  const mapped = Object.values(mapping).filter((name) => name !== null);
  const ruled = provisioning.rules.flatMap(({ attribute }) => attribute ?? []);
  const names = [...mapped, ...ruled, ...usualAttributes].filter(
    (name) => name !== 'groups' && name !== 'groupDns' && /^[A-Za-z][A-Za-z0-9-]*$/.test(name),
  );
  return [...new Set(names)];
}

function everybodyOf(connection: LdapConnection): Filter {
  const { filter } = connection.ldap.sync;
  return filter === null ? templateOf(connection).everybody : plainFilter(filter);
}

function templateOf({ ldap }: LdapConnection): FilterTemplate {
  return filterTemplate(ldap.userFilter);
}

/** A name as it was typed; what no directory has in a name is not asked for. @throws LdapFault */
function nameOf(typed: string): string {
  const name = typed.normalize('NFC').trim();
  // eslint-disable-next-line no-control-regex -- control characters are what this refuses
  if (name === '' || name.length > 256 || /[\u0000-\u001f\u007f]/u.test(name) || !name.isWellFormed()) {
    throw new LdapFault('ldap_name_malformed');
  }
  return name;
}

/** A server says that a password has run out to who typed it right, but that an account is locked to everybody. */
function toldOfPassword(state: PasswordState | null): string | null {
  if (state === null) return null;
  return state === 'locked' ? 'ldap_account_locked' : 'ldap_password_change';
}

/** Somebody whom nobody's directory knows. */
function decoyOf({ ldap }: LdapConnection): string {
  return `cn=${randomToken(12)},${ldap.baseDn}`;
}

function passed(check: string, actual: string | null): AttemptCheck {
  return { check, ok: true, expected: null, actual };
}

function ignore(): void {
  // A list has no trace of its steps.
}
