import { Injectable } from '@nestjs/common';
import type { RuleCondition } from '#libs/contracts/courses';
import { FreshReadModels } from '../freshness/fresh-read-models.js';
import { TeamRepository } from '../team/team.repository.js';
import { RuleTeamNotFound } from './rule.errors.js';

/** Says the teams of conditions by their ids, however they were given. */
@Injectable()
export class NameTeams {
  constructor(
    private readonly teams: TeamRepository,
    private readonly readModels: FreshReadModels,
  ) {}

  /** Outside a unit of work. @throws RuleTeamNotFound */
  async require(conditions: readonly RuleCondition[]): Promise<readonly RuleCondition[]> {
    const given = valuesOf(conditions);
    if (given.length === 0) return conditions;
    // A team or a member may have come a moment ago.
    await this.readModels.catchUp();
    const ids = await this.teams.idsOf(given);
    for (const [index, condition] of conditions.entries()) {
      if (condition.attribute !== 'team') continue;
      const missing = condition.values.findIndex((value) => !ids.has(value));
      if (missing >= 0) throw new RuleTeamNotFound(index, missing);
    }
    return named(conditions, ids);
  }

  /** Those that are known; the others stay as they are. */
  async settle(conditions: readonly RuleCondition[]): Promise<readonly RuleCondition[]> {
    const given = valuesOf(conditions);
    return given.length === 0 ? conditions : named(conditions, await this.teams.idsOf(given));
  }
}

function valuesOf(conditions: readonly RuleCondition[]): string[] {
  return conditions.flatMap((condition) => (condition.attribute === 'team' ? condition.values : []));
}

function named(
  conditions: readonly RuleCondition[],
  ids: ReadonlyMap<string, string>,
): readonly RuleCondition[] {
  return conditions.map((condition) =>
    condition.attribute === 'team'
      ? { ...condition, values: [...new Set(condition.values.map((value) => ids.get(value) ?? value))] }
      : condition,
  );
}
