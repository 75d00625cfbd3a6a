import type { Team } from '../team/team.js';
import type { User } from '../user/user.js';
import type { Member, ScimGroup } from './scim-group.js';
import type { GroupRef, ScimProfile, ScimUser } from './scim-user.js';
import type { Condition } from './scim-filter.sql.js';

export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

export interface Found<T> {
  readonly total: number;
  readonly items: readonly T[];
}

/** People and teams of the current tenant as identity providers know them. */
export abstract class ScimRepository {
  /** Who was removed by SCIM is not found. */
  abstract users(condition: Condition | null, slice: Slice): Promise<Found<ScimUser>>;

  /** What is kept of somebody; null for who came another way. */
  abstract profileOf(userId: string): Promise<ScimProfile | null>;

  /** Who has that name at an identity provider, also if removed. */
  abstract byUserName(userName: string): Promise<string | null>;

  /** Those of the names, and of the addresses, that somebody has; in lower case. */
  abstract taken(userNames: readonly string[], emails: readonly string[]): Promise<readonly string[]>;

  /** Adds people and what is kept of them in few statements. Answers the ids of those whose address was free. */
  abstract addMany(people: readonly ScimUser[]): Promise<readonly string[]>;

  /** @throws ScimUniqueness when somebody has the name already */
  abstract saveProfile(userId: string, profile: ScimProfile): Promise<void>;

  /** @throws ScimUniqueness when somebody has the address already */
  abstract changeEmail(userId: string, email: string): Promise<void>;

  abstract groupsOf(userIds: readonly string[]): Promise<readonly GroupRef[]>;

  abstract groups(condition: Condition | null, slice: Slice): Promise<Found<ScimGroup>>;

  abstract groupOf(team: Team): Promise<ScimGroup>;

  abstract saveGroup(teamId: string, externalId: string | null): Promise<void>;

  abstract membersOf(teamIds: readonly string[]): Promise<readonly Member[]>;

  /** Ids of those that are people here; the others are nobody. */
  abstract known(userIds: readonly string[]): Promise<readonly string[]>;

  abstract addMembers(teamId: string, userIds: readonly string[], at: Date): Promise<void>;

  abstract removeMembers(teamId: string, userIds: readonly string[]): Promise<void>;

  /**
   * Puts people into the team of the first of their groups, and out of one whose group they left.
   * @param left the team that they may have to leave
   * @returns who was changed
   */
  abstract settleTeams(userIds: readonly string[], left: string, at: Date): Promise<readonly User[]>;

  abstract counts(): Promise<{ readonly users: number; readonly groups: number }>;
}
