import type { LdapInput } from '#libs/contracts/auth';
import { AndFilter, OrFilter } from 'ldapts';
import { comparableDn } from './ldap-dn.js';
import { textsOf, type LdapEntry } from './ldap-entry.js';
import { memberFilter, plainFilter } from './ldap-filter.js';
import type { LdapSession } from './ldap-session.js';

export interface LdapGroup {
  readonly dn: string;
  readonly name: string;
}

export type GroupSettings = NonNullable<LdapInput['groups']>;

const IN_CHAIN = '1.2.840.113556.1.4.1941';
const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800';
const LIGHTWEIGHT_DIRECTORY = '1.2.840.113556.1.4.1851';
/** Groups in groups, as deep as nobody means it. */
const DEEPEST = 30;
const MOST_GROUPS = 1_000;
const AT_ONCE = 40;
const PAGE = 500;
const MOST_MEMBERS = 5_000_000;

/** The groups that somebody is in, through other groups as well. A group that holds itself ends the search, it does not go on for ever. */
export async function groupsOf(
  session: LdapSession,
  settings: GroupSettings,
  baseDn: string,
  memberDn: string,
): Promise<readonly LdapGroup[]> {
  const { memberAttribute, nameAttribute, nested } = settings;
  const rule = nested && (await followsChains(session)) ? IN_CHAIN : null;
  const found = new Map<string, LdapGroup>();
  let frontier = [memberDn];
  for (let depth = 0; frontier.length > 0 && depth < DEEPEST && found.size < MOST_GROUPS; depth += 1) {
    const next: string[] = [];
    for (let at = 0; at < frontier.length && found.size < MOST_GROUPS; at += AT_ONCE) {
      const filters = frontier.slice(at, at + AT_ONCE).map((dn) => memberFilter(memberAttribute, dn, rule));
      const entries = await session.search({
        base: settings.baseDn ?? baseDn,
        filter: new AndFilter({ filters: [plainFilter(settings.filter), new OrFilter({ filters })] }),
        attributes: [nameAttribute],
        most: MOST_GROUPS,
      });
      for (const entry of entries) {
        const key = comparableDn(entry.dn);
        if (found.has(key)) continue;
        found.set(key, groupOf(entry, nameAttribute));
        next.push(entry.dn);
      }
    }
    if (!nested || rule !== null) break;
    frontier = next;
  }
  return [...found.values()].slice(0, MOST_GROUPS);
}

/** All groups at once, for all people at once: who is in which is looked up here afterwards. */
export class GroupIndex {
  private readonly groups: LdapGroup[] = [];
  private readonly byMember = new Map<string, number[]>();
  private members = 0;

  private constructor(private readonly settings: GroupSettings) {}

  /** @throws LdapFault */
  static async read(session: LdapSession, settings: GroupSettings, baseDn: string): Promise<GroupIndex> {
    const index = new GroupIndex(settings);
    const { memberAttribute, nameAttribute } = settings;
    const search = {
      base: settings.baseDn ?? baseDn,
      filter: plainFilter(settings.filter),
      attributes: [nameAttribute, memberAttribute],
    };
    const partial: LdapEntry[] = [];
    for await (const page of session.pages(search, PAGE)) {
      for (const entry of page) {
        index.add(entry, textsOf(entry, memberAttribute));
        if (rangeEnd(entry, memberAttribute) !== null) partial.push(entry);
      }
    }
    for (const entry of partial) await index.addRest(session, entry);
    return index;
  }

  of(memberDn: string): readonly LdapGroup[] {
    const found = new Set<number>();
    let frontier = [memberDn];
    while (frontier.length > 0 && found.size < MOST_GROUPS) {
      const next: string[] = [];
      for (const dn of frontier) {
        for (const at of this.byMember.get(comparableDn(dn)) ?? []) {
          const group = this.groups[at];
          if (found.has(at) || group === undefined) continue;
          found.add(at);
          next.push(group.dn);
        }
      }
      frontier = this.settings.nested ? next : [];
    }
    return [...found].slice(0, MOST_GROUPS).flatMap((at) => this.groups[at] ?? []);
  }

  private add(entry: LdapEntry, members: readonly string[]): number {
    const at = this.groups.push(groupOf(entry, this.settings.nameAttribute)) - 1;
    const first = rangeEnd(entry, this.settings.memberAttribute);
    this.addMembers(at, first === null ? members : first.members);
    return at;
  }

  private addMembers(at: number, members: readonly string[]): void {
    for (const member of members) {
      if (this.members >= MOST_MEMBERS) return;
      this.members += 1;
      const key = comparableDn(member);
      const known = this.byMember.get(key);
      if (known === undefined) this.byMember.set(key, [at]);
      else known.push(at);
    }
  }

  /** Active Directory gives 1,500 members at a time: `member;range=0-1499`. */
  private async addRest(session: LdapSession, entry: LdapEntry): Promise<void> {
    const at = this.groups.findIndex(({ dn }) => dn === entry.dn);
    let range = rangeEnd(entry, this.settings.memberAttribute);
    while (range !== null && range.end !== null && this.members < MOST_MEMBERS) {
      const asked = `${this.settings.memberAttribute};range=${range.end + 1}-*`;
      const [more] = await session.search({
        ...{
          base: entry.dn,
          scope: 'base',
          filter: plainFilter('(objectClass=*)'),
          attributes: [asked],
          most: 1,
        },
      });
      range = more === undefined ? null : rangeEnd(more, this.settings.memberAttribute);
      if (range !== null) this.addMembers(at, range.members);
    }
  }
}

/** The part of the members that came, and where it ended; `end` null: that was the last of them. */
function rangeEnd(
  entry: LdapEntry,
  memberAttribute: string,
): { readonly members: readonly string[]; readonly end: number | null } | null {
  const prefix = `${memberAttribute.toLowerCase()};range=`;
  for (const [name, values] of entry.values) {
    if (!name.startsWith(prefix)) continue;
    const [, end = '*'] = name.slice(prefix.length).split('-');
    const members = values.filter((value) => typeof value === 'string');
    return { members, end: end === '*' || members.length === 0 ? null : Number(end) };
  }
  return null;
}

function groupOf(entry: LdapEntry, nameAttribute: string): LdapGroup {
  return { dn: entry.dn, name: textsOf(entry, nameAttribute)[0] ?? entry.dn };
}

/** Whether the server follows groups in groups by itself, as Active Directory does. */
async function followsChains(session: LdapSession): Promise<boolean> {
  const [root] = await session.search({
    ...{ base: '', scope: 'base', filter: plainFilter('(objectClass=*)'), most: 1 },
    attributes: ['supportedCapabilities'],
  });
  const capabilities = root === undefined ? [] : textsOf(root, 'supportedCapabilities');
  return capabilities.some((one) => one === ACTIVE_DIRECTORY || one === LIGHTWEIGHT_DIRECTORY);
}
