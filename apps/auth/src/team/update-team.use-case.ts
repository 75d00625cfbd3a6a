import { Injectable } from '@nestjs/common';
import { teamUpdated, userUpdated, type TeamPatch } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { personOf } from '../user/user.js';
import { TeamChanged } from './team.errors.js';
import type { Team } from './team.js';
import { TeamRepository } from './team.repository.js';

/** Renames a team, for everybody in it too, and changes who leads it. */
@Injectable()
export class UpdateTeam {
  constructor(
    private readonly teams: TeamRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws TeamNotFound, TeamChanged, TeamNameTaken, LeadUnknown */
  async execute(id: string, patch: TeamPatch, seenVersion: string): Promise<Team> {
    return this.unitOfWork.run(async () => {
      const before = await this.teams.lock(id);
      if (String(before.version) !== seenVersion) throw new TeamChanged();
      const now = this.clock.now();
      const team = await this.teams.save({ ...before, name: patch.name ?? before.name, updatedAt: now });
      if (patch.leadIds !== undefined) await this.teams.setLeads(id, patch.leadIds);
      const leadIds = [...(await this.teams.leadsOf(id))];
      const event = { teamId: id, name: team.name, before: before.name, leadIds };
      await this.events.append(teamUpdated, id, event);
      if (team.name !== before.name) await this.renameMembers(team, now);
      return team;
    });
  }

  /** Whoever keeps people by the name of their team hears of each of them. */
  private async renameMembers({ id, name }: Team, now: Date): Promise<void> {
    const members = await this.teams.renameMembers(id, name, now);
    await this.events.appendAll(members.map((user) => occurrence(userUpdated, user.id, personOf(user))));
  }
}
