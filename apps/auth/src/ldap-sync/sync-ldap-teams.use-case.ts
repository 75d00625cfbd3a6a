import { Injectable } from '@nestjs/common';
import type { LdapSyncChange } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import type { LdapConnection } from '../connection/connection.js';
import type { Listing } from '../ldap/ldap-directory.js';
import { ProvisionGroup } from '../scim/provision-group.use-case.js';
import { LdapPeopleRepository, type GroupTeam } from './ldap-people.repository.js';
import { LeaseLost } from './ldap-sync.errors.js';
import { issuerOf } from './plan-ldap-sync.use-case.js';

interface PlannedTeam {
  readonly name: string;
  readonly externalId: string;
  /** Null: there is none yet. */
  readonly teamId: string | null;
  readonly members: ReadonlySet<string>;
}

interface Outcome {
  readonly changed: number;
  readonly failed: readonly LdapSyncChange[];
}

/** Makes a team of each group of a directory, as SCIM does of each group of a provider. A group that is gone leaves an empty team. */
@Injectable()
export class SyncLdapTeams {
  constructor(
    private readonly people: LdapPeopleRepository,
    private readonly groups: ProvisionGroup,
  ) {}

  /** How many would be made or changed, as far as people are here already. */
  async preview(connection: LdapConnection, listing: Listing): Promise<number> {
    return (await this.plan(connection, listing)).length;
  }

  /** @throws LeaseLost */
  async execute(connection: LdapConnection, listing: Listing, beat: () => Promise<void>): Promise<Outcome> {
    const failed: LdapSyncChange[] = [];
    let changed = 0;
    for (const team of await this.plan(connection, listing)) {
      await beat();
      try {
        await this.write(team);
        changed += 1;
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind === 'unavailable' || error instanceof LeaseLost) {
          throw error;
        }
        failed.push({ change: 'fail', email: null, name: team.name, reason: error.code, fields: ['team'] });
      }
    }
    return { changed, failed };
  }

  private async plan(connection: LdapConnection, listing: Listing): Promise<readonly PlannedTeam[]> {
    if (!connection.ldap.sync.teams || listing.groups === null) return [];
    const prefix = `ldap:${connection.id}:`;
    const known = await this.people.known(connection.id, issuerOf(connection));
    const userIds = new Map(known.map(({ subject, userId }) => [subject, userId]));
    const members = new Map<string, Set<string>>(listing.groups.map(({ key }) => [key, new Set()]));
    for (const { claims, groups } of listing.people) {
      const userId = userIds.get(claims.subject);
      if (userId !== undefined) for (const key of groups) members.get(key)?.add(userId);
    }
    const teams = new Map((await this.people.teams(prefix)).map((team) => [team.externalId, team]));
    const wanted = listing.groups.map(({ key, name }): PlannedTeam => {
      const externalId = `${prefix}${key}`.slice(0, 500);
      const teamId = teams.get(externalId)?.teamId ?? null;
      return { name: name.slice(0, 100), externalId, teamId, members: members.get(key) ?? new Set() };
    });
    const named = new Set(wanted.map(({ externalId }) => externalId));
    const gone = [...teams.values()].filter(({ externalId }) => !named.has(externalId));
    return [
      ...wanted.filter((team) => differs(team, teams.get(team.externalId))),
      ...gone
        .filter(({ members: { length } }) => length > 0)
        .map((team) => ({ ...team, members: new Set<string>() })),
    ];
  }

  private async write({ name, externalId, teamId, members }: PlannedTeam): Promise<void> {
    const change = {
      externalId,
      members: new Set(members),
      add: new Set<string>(),
      remove: new Set<string>(),
    };
    if (teamId !== null) {
      await this.groups.update(teamId, { ...change, displayName: name }, undefined);
      return;
    }
    const namesake = await this.people.teamOfName(name);
    if (namesake === null) await this.groups.create({ ...change, displayName: name });
    else if (namesake.isOfOther) throw new TeamOfOther();
    else await this.groups.update(namesake.id, change, undefined);
  }
}

class TeamOfOther extends DomainError {
  constructor() {
    super('conflict', 'ldap_sync.team_of_other', 'Another provider looks after the team of this name.');
  }
}

function differs({ name, members }: PlannedTeam, known: GroupTeam | undefined): boolean {
  if (known?.name !== name || known.members.length !== members.size) return true;
  return known.members.some((id) => !members.has(id));
}
