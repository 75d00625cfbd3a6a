import { Injectable } from '@nestjs/common';
import { teamDeleted, userUpdated } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { personOf } from '../user/user.js';
import { TeamNotEmpty } from './team.errors.js';
import { TeamRepository } from './team.repository.js';

/** Removes a team that nobody is in; who has left the academy is no longer of it either. */
@Injectable()
export class DeleteTeam {
  constructor(
    private readonly teams: TeamRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws TeamNotFound, TeamNotEmpty */
  async execute(id: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const { name } = await this.teams.lock(id);
      const members = await this.teams.countMembers(id);
      if (members > 0) throw new TeamNotEmpty(members);
      const gone = await this.teams.renameMembers(id, null, this.clock.now());
      await this.teams.remove(id);
      await this.events.appendAll([
        ...gone.map((user) => occurrence(userUpdated, user.id, personOf(user))),
        occurrence(teamDeleted, id, { teamId: id, name }),
      ]);
    });
  }
}
