import { newId } from '#libs/kernel';
import type { FakeUserRepository } from '../user/user.fake-repository.js';
import type { User } from '../user/user.js';
import { TeamNameTaken, TeamNotFound } from './team.errors.js';
import type { Team } from './team.js';
import { TeamRepository, type EnsuredTeams } from './team.repository.js';

/** Teams in memory; their members are the people of the fake next to it. */
export class FakeTeamRepository extends TeamRepository {
  readonly teams = new Map<string, Team>();
  readonly leads = new Map<string, readonly string[]>();

  constructor(private readonly people?: FakeUserRepository) {
    super();
  }

  async add(team: Team): Promise<void> {
    this.requireFree(team);
    this.teams.set(team.id, team);
  }

  async ensure(names: readonly string[], at: Date): Promise<EnsuredTeams> {
    const created: Team[] = [];
    const byName = new Map<string, Team>();
    for (const name of names) {
      const known = this.named(name);
      const team = known ?? { id: newId(), name, version: 1, createdAt: at, updatedAt: at };
      if (known === undefined) {
        created.push(team);
        this.teams.set(team.id, team);
      }
      byName.set(name, team);
    }
    return { byName, created };
  }

  async byId(id: string): Promise<Team | null> {
    return this.teams.get(id) ?? null;
  }

  async lock(id: string): Promise<Team> {
    const team = await this.byId(id);
    if (team === null) throw new TeamNotFound();
    return team;
  }

  async save(team: Team): Promise<Team> {
    this.requireFree(team);
    const saved = { ...team, version: team.version + 1 };
    this.teams.set(team.id, saved);
    return saved;
  }

  async remove(id: string): Promise<void> {
    this.teams.delete(id);
  }

  async leadsOf(id: string): Promise<readonly string[]> {
    return this.leads.get(id) ?? [];
  }

  async setLeads(id: string, userIds: readonly string[]): Promise<void> {
    this.leads.set(id, userIds);
  }

  async countMembers(id: string): Promise<number> {
    return this.membersOf(id).filter(({ status }) => status !== 'deactivated').length;
  }

  async renameMembers(id: string, name: string | null, at: Date): Promise<readonly User[]> {
    const teamId = name === null ? null : id;
    const changed = this.membersOf(id).map((user) => ({ ...user, team: name, teamId, updatedAt: at }));
    this.people?.with(...changed);
    return changed;
  }

  private membersOf(id: string): User[] {
    return [...(this.people?.users.values() ?? [])].filter(({ teamId }) => teamId === id);
  }

  private named(name: string): Team | undefined {
    return [...this.teams.values()].find((team) => team.name.toLowerCase() === name.toLowerCase());
  }

  private requireFree({ id, name }: Team): void {
    const rival = this.named(name);
    if (rival !== undefined && rival.id !== id) throw new TeamNameTaken(name);
  }
}
