import { Injectable } from '@nestjs/common';
import { teamCreated, teamDeleted, teamUpdated, userUpdated } from '#libs/contracts/auth';
import { EventLog, occurrence } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { TeamNameTaken, TeamNotFound } from '../team/team.errors.js';
import type { Team } from '../team/team.js';
import { TeamRepository } from '../team/team.repository.js';
import { personOf } from '../user/user.js';
import { ScimChanged, ScimInvalid, ScimNotFound, ScimUniqueness } from './scim.errors.js';
import { groupVersionOf, type GroupChange, type ScimGroup } from './scim-group.js';
import { ScimRepository } from './scim.repository.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What an identity provider does with groups: each is a team of the academy. */
@Injectable()
export class ProvisionGroup {
  constructor(
    private readonly scim: ScimRepository,
    private readonly teams: TeamRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ScimUniqueness, ScimInvalid */
  async create(change: GroupChange): Promise<ScimGroup> {
    const { displayName: name, externalId = null } = change;
    if (name === undefined) throw new ScimInvalid('displayName is missing.');
    const now = this.clock.now();
    const team: Team = { id: newId(), name, version: 1, createdAt: now, updatedAt: now };
    return this.unitOfWork.run(async () => {
      await this.teams.add(team).catch(orTaken);
      await this.scim.saveGroup(team.id, externalId);
      await this.events.append(teamCreated, team.id, { teamId: team.id, name, leadIds: [] });
      await this.setMembers(team, change);
      return this.scim.groupOf(team);
    });
  }

  /** @throws ScimNotFound */
  async show(id: string): Promise<ScimGroup> {
    const team = UUID.test(id) ? await this.teams.byId(id) : null;
    if (team === null) throw new ScimNotFound('group');
    return this.scim.groupOf(team);
  }

  /** @throws ScimNotFound, ScimChanged, ScimUniqueness, ScimInvalid */
  async update(id: string, change: GroupChange, ifMatch: string | undefined): Promise<ScimGroup> {
    if (!UUID.test(id)) throw new ScimNotFound('group');
    return this.unitOfWork.run(async () => {
      const team = await this.teams.lock(id).catch(orScimNotFound);
      const before = await this.scim.groupOf(team);
      if (ifMatch !== undefined && ifMatch !== groupVersionOf(before)) throw new ScimChanged();
      const { displayName = team.name, externalId = before.group?.externalId ?? null } = change;
      const renamed = displayName === team.name ? team : await this.rename(team, displayName);
      if (before.group === null) await this.scim.saveGroup(id, externalId);
      const moved = await this.setMembers(renamed, change);
      const isNew = before.group !== null && externalId !== before.group.externalId;
      if (before.group !== null && (moved || isNew)) await this.scim.saveGroup(id, externalId);
      return this.scim.groupOf(renamed);
    });
  }

  /** Its people stay, in the team of another group of theirs or in none. @throws ScimNotFound */
  async remove(id: string): Promise<void> {
    if (!UUID.test(id)) throw new ScimNotFound('group');
    await this.unitOfWork.run(async () => {
      const team = await this.teams.lock(id).catch(orScimNotFound);
      const members = (await this.scim.membersOf([id])).map(({ userId }) => userId);
      await this.scim.removeMembers(id, members);
      await this.settle(team, members);
      const gone = await this.teams.renameMembers(id, null, this.clock.now());
      await this.teams.remove(id);
      await this.events.appendAll([
        ...gone.map((user) => occurrence(userUpdated, user.id, personOf(user))),
        occurrence(teamDeleted, id, { teamId: id, name: team.name }),
      ]);
    });
  }

  private async rename(team: Team, name: string): Promise<Team> {
    const now = this.clock.now();
    const saved = await this.teams.save({ ...team, name, updatedAt: now }).catch(orTaken);
    const leadIds = [...(await this.teams.leadsOf(team.id))];
    await this.events.append(teamUpdated, team.id, { teamId: team.id, name, before: team.name, leadIds });
    const members = await this.teams.renameMembers(team.id, name, now);
    await this.events.appendAll(members.map((user) => occurrence(userUpdated, user.id, personOf(user))));
    return saved;
  }

  /** Whether anything changed. */
  private async setMembers(team: Team, { members, add, remove }: GroupChange): Promise<boolean> {
    const before = new Set((await this.scim.membersOf([team.id])).map(({ userId }) => userId));
    const after = new Set([...(members ?? before), ...add]);
    for (const id of remove) after.delete(id);
    const added = [...after].filter((id) => !before.has(id));
    const removed = [...before].filter((id) => !after.has(id));
    if (added.length + removed.length === 0) return false;
    const known = new Set(await this.scim.known(added.filter((id) => UUID.test(id))));
    const unknown = added.find((id) => !known.has(id));
    if (unknown !== undefined) throw new ScimInvalid(`The member ${unknown.slice(0, 60)} is nobody here.`);
    await this.scim.addMembers(team.id, added, this.clock.now());
    await this.scim.removeMembers(team.id, removed);
    await this.settle(team, [...added, ...removed]);
    return true;
  }

  private async settle({ id }: Team, userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    const changed = await this.scim.settleTeams(userIds, id, this.clock.now());
    if (changed.length === 0) return;
    await this.events.appendAll(changed.map((user) => occurrence(userUpdated, user.id, personOf(user))));
  }
}

function orTaken(error: unknown): never {
  throw error instanceof TeamNameTaken ? new ScimUniqueness('There is a team of this name already.') : error;
}

function orScimNotFound(error: unknown): never {
  throw error instanceof TeamNotFound ? new ScimNotFound('group') : error;
}
