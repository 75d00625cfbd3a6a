import type { User } from '../user/user.js';
import type { Team } from './team.js';

export interface EnsuredTeams {
  /** By the name as it was given. */
  readonly byName: ReadonlyMap<string, Team>;
  readonly created: readonly Team[];
}

/** Teams of the current tenant. */
export abstract class TeamRepository {
  /** @throws TeamNameTaken */
  abstract add(team: Team): Promise<void>;

  /** The teams of these names; those that were missing are made. */
  abstract ensure(names: readonly string[], at: Date): Promise<EnsuredTeams>;

  abstract byId(id: string): Promise<Team | null>;

  /** Nobody else changes the team until the transaction ends. @throws TeamNotFound */
  abstract lock(id: string): Promise<Team>;

  /** Writes a team that was locked, as its next version. @throws TeamNameTaken */
  abstract save(team: Team): Promise<Team>;

  abstract remove(id: string): Promise<void>;

  abstract leadsOf(id: string): Promise<readonly string[]>;

  /** @throws LeadUnknown */
  abstract setLeads(id: string, userIds: readonly string[]): Promise<void>;

  /** How many people are in it who are not deactivated. */
  abstract countMembers(id: string): Promise<number>;

  /** Writes the name of the team (null: none) to everybody in it; answers who was changed. */
  abstract renameMembers(id: string, name: string | null, at: Date): Promise<readonly User[]>;
}
