import { Injectable } from '@nestjs/common';
import { teamCreated, type NewTeam } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import type { Team } from './team.js';
import { TeamRepository } from './team.repository.js';

@Injectable()
export class CreateTeam {
  constructor(
    private readonly teams: TeamRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws TeamNameTaken, LeadUnknown */
  async execute({ name, leadIds }: NewTeam): Promise<Team> {
    const now = this.clock.now();
    const team: Team = { id: newId(), name, version: 1, createdAt: now, updatedAt: now };
    return this.unitOfWork.run(async () => {
      await this.teams.add(team);
      await this.teams.setLeads(team.id, leadIds);
      await this.events.append(teamCreated, team.id, { teamId: team.id, name, leadIds });
      return team;
    });
  }
}
