import { Injectable } from '@nestjs/common';
import { teamCreated } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { TeamUnknown } from './team.errors.js';
import { NO_TEAM, type TeamPlace } from './team.js';
import { TeamRepository } from './team.repository.js';

/** Finds the team that somebody is to be in, by id or by name; a name that is new becomes a team. Within the change that asks. */
@Injectable()
export class PlaceInTeam {
  constructor(
    private readonly teams: TeamRepository,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** @throws TeamUnknown */
  async byId(teamId: string | null): Promise<TeamPlace> {
    if (teamId === null) return NO_TEAM;
    const team = await this.teams.byId(teamId);
    if (team === null) throw new TeamUnknown();
    return { team: team.name, teamId: team.id };
  }

  async byName(name: string | null): Promise<TeamPlace> {
    if (name === null) return NO_TEAM;
    return (await this.byNames([name])).get(name) ?? NO_TEAM;
  }

  /** By the names as they were given. */
  async byNames(names: readonly string[]): Promise<ReadonlyMap<string, TeamPlace>> {
    const { byName, created } = await this.teams.ensure(names, this.clock.now());
    await this.events.appendAll(
      created.map(({ id, name }) => occurrence(teamCreated, id, { teamId: id, name, leadIds: [] })),
    );
    return new Map([...byName].map(([given, team]) => [given, { team: team.name, teamId: team.id }]));
  }
}
