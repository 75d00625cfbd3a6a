import type { Role } from '#libs/contracts';
import type { LdapSyncChange, UserStatus } from '#libs/contracts/auth';
import type { LdapConnection } from '../connection/connection.js';
import { domainOf, personOfClaims, type FederatedPerson } from '../federation/federated-person.js';
import type { ListedPerson } from '../ldap/ldap-directory.js';
import { losesPermissions } from '../user/user.js';

/** Somebody here, as far as a directory has to do with it. */
interface PersonHere {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: UserStatus;
  readonly department: string | null;
  readonly team: string | null;
}

/** Somebody who came by this directory. */
export interface KnownPerson extends PersonHere {
  readonly subject: string;
  /** Since when the directory has him no more: then he is deactivated by us, and comes back with it. */
  readonly goneAt: Date | null;
}

/** Somebody who came another way and has an address that the directory names. */
export interface Namesake extends PersonHere {
  readonly isLinked: boolean;
}

interface PlanFacts {
  readonly connection: LdapConnection;
  readonly listed: readonly ListedPerson[];
  readonly known: readonly KnownPerson[];
  readonly namesakes: readonly Namesake[];
  readonly verifiedDomains: ReadonlySet<string>;
  /** Who gets in when the provider is away. */
  readonly breakGlass: ReadonlySet<string>;
  readonly seatsLeft: number | null;
}

/** What is to be written; what is not said stays. */
interface PersonPatch {
  readonly displayName?: string;
  readonly email?: string;
  readonly department?: string;
  readonly role?: Role;
  readonly team?: string | null;
}

interface Step {
  readonly subject: string;
  readonly told: LdapSyncChange;
}
export type PlannedCreation = Step & { readonly person: FederatedPerson & { readonly email: string } };
export type PlannedUpdate = Step & {
  readonly userId: string;
  readonly patch: PersonPatch;
  /** Whether he was unknown at this directory until now. */
  readonly links: boolean;
  readonly reactivates: boolean;
};
export type PlannedEnd = Step & { readonly userId: string };

export interface Plan {
  readonly creations: readonly PlannedCreation[];
  readonly updates: readonly PlannedUpdate[];
  readonly ends: readonly PlannedEnd[];
  readonly skipped: readonly LdapSyncChange[];
  readonly unchanged: number;
  /** Active people who came by this directory. */
  readonly known: number;
}

/**
 * What has to be done so that people are here as the directory describes them. It goes one way, and by the rules that hold for who
 * signs in by the connection: who may become somebody here, whose address counts, which roles are given.
 */
export function planOf(facts: PlanFacts): Plan {
  const { connection, known } = facts;
  const bySubject = new Map(known.map((one) => [one.subject, one]));
  const namesakes = new Map(facts.namesakes.map((one) => [one.email, one]));
  const taken = new Set(known.map(({ email }) => email));
  const seen = new Set<string>();
  const creations: PlannedCreation[] = [];
  const updates: PlannedUpdate[] = [];
  const ends: PlannedEnd[] = [];
  const skipped: LdapSyncChange[] = [];
  let unchanged = 0;
  let seats = facts.seatsLeft ?? Infinity;

  const skip = (email: string | null, name: string | null, reason: string) =>
    skipped.push({ change: 'skip', email, name, reason, fields: [] });
  const end = (one: KnownPerson, reason: string) => {
    const { email, name, subject, userId } = one;
    if (one.role === 'owner') return skip(email, name, 'owner_kept');
    if (facts.breakGlass.has(userId)) return skip(email, name, 'break_glass_kept');
    return ends.push({ subject, userId, told: { change: 'deactivate', email, name, reason, fields: [] } });
  };

  const again = (one: KnownPerson, { held }: ListedPerson, person: FederatedPerson) => {
    const isOut = held === 'ldap_account_disabled' || held === 'ldap_account_expired';
    if (isOut) {
      if (one.status === 'deactivated') unchanged += 1;
      else end(one, held);
      return;
    }
    const reactivates = one.status === 'deactivated';
    if (reactivates && one.goneAt === null) return void skip(one.email, one.name, 'user_deactivated');
    if (reactivates && seats < 1) return void skip(one.email, one.name, 'limit.users_exceeded');
    const patch = connection.provisioning.updateOnSignIn
      ? patchOf(facts, one, person, (email) => taken.has(email) || namesakes.has(email))
      : {};
    const fields = Object.keys(patch).map((field) => (field === 'displayName' ? 'name' : field));
    if (!reactivates && fields.length === 0) {
      unchanged += 1;
      return;
    }
    if (reactivates) seats -= 1;
    if (patch.email !== undefined) taken.add(patch.email);
    const change = reactivates ? 'reactivate' : 'update';
    updates.push({
      ...{ subject: one.subject, userId: one.userId, patch, links: false, reactivates },
      told: { change, email: patch.email ?? one.email, name: person.name ?? one.name, reason: null, fields },
    });
  };

  const first = ({ claims, held }: ListedPerson, person: FederatedPerson) => {
    const { email, name } = person;
    const { mode, emailDomains } = connection.provisioning;
    if (held === 'ldap_account_disabled' || held === 'ldap_account_expired') {
      return void skip(email, name, held);
    }
    if (mode === 'off') return void skip(email, name, 'not_provisioned');
    if (email === null) return void skip(email, name ?? claims.subject, 'email_missing');
    const isOurs = facts.verifiedDomains.has(domainOf(email));
    if (!isOurs && emailDomains === 'verified') return void skip(email, name, 'domain_not_verified');
    const namesake = namesakes.get(email);
    if (taken.has(email)) return void skip(email, name, 'linked_to_another');
    if (namesake !== undefined) {
      // Whoever runs the directory can write any address: only in our own domains does it say who somebody is.
      if (!isOurs) return void skip(email, name, 'domain_not_verified');
      if (namesake.status === 'deactivated') return void skip(email, name, 'user_deactivated');
      if (namesake.isLinked) return void skip(email, name, 'linked_to_another');
      taken.add(email);
      const patch = connection.provisioning.updateOnSignIn
        ? patchOf(facts, namesake, person, () => true, true)
        : {};
      const fields = ['identity', ...Object.keys(patch)];
      return void updates.push({
        ...{ subject: claims.subject, userId: namesake.userId, patch, links: true, reactivates: false },
        told: { change: 'update', email, name: name ?? namesake.name, reason: null, fields },
      });
    }
    if (mode !== 'create') return void skip(email, name, 'not_invited');
    if (seats < 1) return void skip(email, name, 'limit.users_exceeded');
    seats -= 1;
    taken.add(email);
    creations.push({
      ...{ subject: claims.subject, person: { ...person, email } },
      told: { change: 'create', email, name, reason: null, fields: [] },
    });
  };

  for (const listed of facts.listed) {
    const { claims } = listed;
    seen.add(claims.subject);
    const person = personOfClaims(connection, claims);
    const one = bySubject.get(claims.subject);
    if (one === undefined) first(listed, person);
    else again(one, listed, person);
  }
  const active = known.filter(({ status }) => status !== 'deactivated');
  for (const one of active) if (!seen.has(one.subject)) end(one, 'not_in_directory');
  return { creations, updates, ends, skipped, unchanged, known: active.length };
}

/** Whether so many would be deactivated that somebody has to look first. */
export function isTooMany(plan: Plan, mostPercent: number, allowed: number): boolean {
  const gone = plan.ends.length;
  return gone > allowed && gone * 100 > plan.known * mostPercent;
}

/** As at a sign-in: what the directory leaves out stays, and owners stay owners. */
function patchOf(
  { connection: { provisioning }, verifiedDomains }: PlanFacts,
  before: PersonHere,
  person: FederatedPerson,
  isTaken: (email: string) => boolean,
  isFirst = false,
): PersonPatch {
  const { name, department, email } = person;
  const mayHave = (address: string) =>
    provisioning.emailDomains === 'any' || verifiedDomains.has(domainOf(address));
  const hasTeams = provisioning.rules.some(({ team }) => team !== null);
  const role = before.role === 'owner' || !person.roleByRule ? before.role : person.role;
  // Whoever was here before the directory knew him loses nothing by being found in it.
  const isLoss = isFirst && losesPermissions(before.role, role);
  return {
    ...(name !== null && name !== before.name ? { displayName: name } : {}),
    ...(email !== null && email !== before.email && !isTaken(email) && mayHave(email) ? { email } : {}),
    ...(department !== null && department !== before.department ? { department } : {}),
    ...(role !== before.role && !isLoss ? { role } : {}),
    ...(hasTeams && person.team?.toLowerCase() !== before.team?.toLowerCase() ? { team: person.team } : {}),
  };
}
