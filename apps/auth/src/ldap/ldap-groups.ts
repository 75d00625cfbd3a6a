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

/** The groups that somebody is in, through other groups as well. A group that holds itself ends the search, it does not go on for ever. */
export async function groupsOf(
  session: LdapSession,
  settings: GroupSettings,
  baseDn: string,
  person: LdapEntry,
): Promise<readonly LdapGroup[]> {
  const { memberAttribute, memberIs, nameAttribute } = settings;
  // What is no distinguished name names no group.
  const nested = settings.nested && memberIs === null;
  const rule = nested && (await followsChains(session)) ? IN_CHAIN : null;
  const found = new Map<string, LdapGroup>();
  let frontier = memberIs === null ? [person.dn] : textsOf(person, memberIs);
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

export function groupOf(entry: LdapEntry, nameAttribute: string): LdapGroup {
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
