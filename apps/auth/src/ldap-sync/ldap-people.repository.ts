import type { KnownPerson, Namesake } from './ldap-plan.js';

export interface Linked {
  readonly subject: string;
  readonly userId: string;
}

/** A team that a group of a directory became. */
export interface GroupTeam {
  readonly teamId: string;
  readonly name: string;
  readonly externalId: string;
  readonly members: readonly string[];
}

/** People of the current tenant as a directory knows them. */
export abstract class LdapPeopleRepository {
  /** Everybody who came by this directory. */
  abstract known(connectionId: string, issuer: string): Promise<readonly KnownPerson[]>;

  /** Others with one of these addresses. */
  abstract namesakes(
    connectionId: string,
    issuer: string,
    emails: readonly string[],
  ): Promise<readonly Namesake[]>;

  abstract verifiedDomains(): Promise<readonly string[]>;

  /** Whose identity was free; the others are somebody's already. */
  abstract link(
    connectionId: string,
    issuer: string,
    people: readonly Linked[],
    at: Date,
  ): Promise<readonly string[]>;

  /** That the directory has them no more, or (null) that it has them again. */
  abstract setGone(
    connectionId: string,
    issuer: string,
    subjects: readonly string[],
    at: Date | null,
  ): Promise<void>;

  /** Teams whose external id begins so. */
  abstract teams(prefix: string): Promise<readonly GroupTeam[]>;

  /** The team of this name, and whether another provider made it. */
  abstract teamOfName(name: string): Promise<{ readonly id: string; readonly isOfOther: boolean } | null>;
}
