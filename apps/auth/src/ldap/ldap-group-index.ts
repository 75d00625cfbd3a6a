import { comparableDn, isWithin } from './ldap-dn.js';
import { isGuid, subjectOf, textsOf, type LdapEntry } from './ldap-entry.js';
import { LdapFault } from './ldap-fault.js';
import { plainFilter } from './ldap-filter.js';
import { groupOf, type GroupSettings, type LdapGroup } from './ldap-groups.js';
import type { LdapSession } from './ldap-session.js';

/** A group with what names it for ever: its id, or its distinguished name where the directory gives none. */
export interface ListedGroup extends LdapGroup {
  readonly key: string;
}

const PAGE = 200;
const MOST_GROUPS = 20_000;
const MOST_MEMBERS = 2_000_000;
/** Of one person. */
const MOST_OF_ONE = 1_000;

/** All groups at once, for all people at once: who is in which is looked up here afterwards. */
export class GroupIndex {
  readonly groups: ListedGroup[] = [];
  private readonly byMember = new Map<string, number[]>();
  private members = 0;

  private constructor(
    private readonly settings: GroupSettings,
    private readonly idAttribute: string,
  ) {}

  /** @throws LdapFault */
  static async read(
    session: LdapSession,
    { groups, baseDn, idAttribute }: { groups: GroupSettings; baseDn: string; idAttribute: string },
  ): Promise<GroupIndex> {
    const index = new GroupIndex(groups, idAttribute);
    const id = isGuid(idAttribute) ? 'objectGUID' : idAttribute;
    const base = groups.baseDn ?? baseDn;
    const search = {
      ...{ base, filter: plainFilter(groups.filter), binary: [id].filter(isGuid) },
      attributes: [groups.nameAttribute, groups.memberAttribute, id],
    };
    const partial: { readonly at: number; readonly entry: LdapEntry }[] = [];
    for await (const page of session.pages(search, PAGE)) {
      for (const entry of page.filter(({ dn }) => isWithin(dn, base))) {
        const at = index.add(entry);
        if (rangeOf(entry, groups.memberAttribute) !== null) partial.push({ at, entry });
      }
    }
    for (const { at, entry } of partial) await index.addRest(session, at, entry);
    return index;
  }

  /** The groups of somebody, through other groups as well. Groups that hold one another end the search. */
  of(entry: LdapEntry): readonly ListedGroup[] {
    const { memberIs, nested } = this.settings;
    const found = new Set<number>();
    let frontier = memberIs === null ? [comparableDn(entry.dn)] : textsOf(entry, memberIs);
    while (frontier.length > 0 && found.size < MOST_OF_ONE) {
      const next: string[] = [];
      for (const at of frontier.flatMap((member) => this.byMember.get(member) ?? [])) {
        const group = this.groups[at];
        if (found.has(at) || group === undefined) continue;
        found.add(at);
        next.push(comparableDn(group.dn));
      }
      frontier = nested && memberIs === null ? next : [];
    }
    return [...found].slice(0, MOST_OF_ONE).flatMap((at) => this.groups[at] ?? []);
  }

  private add(entry: LdapEntry): number {
    if (this.groups.length >= MOST_GROUPS) throw tooMany(`more than ${MOST_GROUPS} groups`);
    const { nameAttribute, memberAttribute } = this.settings;
    const key = subjectOf(entry, this.idAttribute) ?? comparableDn(entry.dn).replaceAll('\u0000', ',');
    const at = this.groups.push({ ...groupOf(entry, nameAttribute), key }) - 1;
    this.addMembers(at, rangeOf(entry, memberAttribute)?.members ?? []);
    this.addMembers(at, textsOf(entry, memberAttribute));
    return at;
  }

  private addMembers(at: number, members: readonly string[]): void {
    this.members += members.length;
    // To know some of them only would put people out of their groups.
    if (this.members > MOST_MEMBERS) throw tooMany(`more than ${MOST_MEMBERS} members of groups`);
    for (const member of members) {
      const key = this.settings.memberIs === null ? comparableDn(member) : member;
      const known = this.byMember.get(key);
      if (known === undefined) this.byMember.set(key, [at]);
      else if (known.at(-1) !== at) known.push(at);
    }
  }

  /** Active Directory gives 1,500 members at a time: `member;range=0-1499`. */
  private async addRest(session: LdapSession, at: number, entry: LdapEntry): Promise<void> {
    const { memberAttribute } = this.settings;
    let range = rangeOf(entry, memberAttribute);
    while (range !== null && range.end !== null) {
      const [more] = await session.search({
        ...{ base: entry.dn, scope: 'base', filter: plainFilter('(objectClass=*)'), most: 1 },
        attributes: [`${memberAttribute};range=${range.end + 1}-*`],
      });
      const next = more === undefined ? null : rangeOf(more, memberAttribute);
      if (next === null || (next.end !== null && next.end <= range.end)) {
        throw new LdapFault('ldap_refused', { expected: `the members of ${entry.dn} after ${range.end}` });
      }
      range = next;
      this.addMembers(at, range.members);
    }
  }
}

/** The part of the members that came, and the number of its last; `end` null: these were the last of all. */
function rangeOf(
  entry: LdapEntry,
  memberAttribute: string,
): { readonly members: readonly string[]; readonly end: number | null } | null {
  const prefix = `${memberAttribute.toLowerCase()};range=`;
  for (const [name, values] of entry.values) {
    if (!name.startsWith(prefix)) continue;
    const [, end = '*'] = name.slice(prefix.length).split('-');
    const members = values.filter((value) => typeof value === 'string');
    return { members, end: /^\d+$/.test(end) ? Number(end) : null };
  }
  return null;
}

function tooMany(actual: string): LdapFault {
  return new LdapFault('ldap_too_many', { actual });
}
