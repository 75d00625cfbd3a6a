import { Controller } from '@nestjs/common';
import { createTeam, deleteTeam, getTeam, listTeams, updateTeam } from '#libs/contracts/auth';
import { Endpoint, Input, withETag, type InputOf, type ResultOf } from '#libs/service';
import { CreateTeam } from './create-team.use-case.js';
import { DeleteTeam } from './delete-team.use-case.js';
import { TeamReadModel } from './team.read-model.js';
import { UpdateTeam } from './update-team.use-case.js';

@Controller()
export class TeamController {
  constructor(
    private readonly teams: TeamReadModel,
    private readonly creating: CreateTeam,
    private readonly updating: UpdateTeam,
    private readonly deleting: DeleteTeam,
  ) {}

  @Endpoint(listTeams)
  async list(@Input() { query }: InputOf<typeof listTeams>): Promise<ResultOf<typeof listTeams>> {
    return this.teams.page(query);
  }

  @Endpoint(createTeam)
  async create(@Input() { body }: InputOf<typeof createTeam>): Promise<ResultOf<typeof createTeam>> {
    const { id } = await this.creating.execute(body);
    return (await this.teams.one(id)).team;
  }

  @Endpoint(getTeam)
  async show(@Input() { params }: InputOf<typeof getTeam>): Promise<ResultOf<typeof getTeam>> {
    return this.tagged(params.teamId);
  }

  @Endpoint(updateTeam)
  async update(@Input() input: InputOf<typeof updateTeam>): Promise<ResultOf<typeof updateTeam>> {
    await this.updating.execute(input.params.teamId, input.body, input.ifMatch);
    return this.tagged(input.params.teamId);
  }

  @Endpoint(deleteTeam)
  async remove(@Input() { params }: InputOf<typeof deleteTeam>): Promise<ResultOf<typeof deleteTeam>> {
    await this.deleting.execute(params.teamId);
    return undefined;
  }

  private async tagged(id: string) {
    const { team, version } = await this.teams.one(id);
    return withETag(team, version);
  }
}
