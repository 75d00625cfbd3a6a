import { Injectable } from '@nestjs/common';
import { ruleCreated, ruleDeleted, ruleRestored, ruleUpdated, type RuleInput } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { TenantQueue } from '#libs/queue';
import { currentActor, UnitOfWork } from '#libs/tenancy';
import { userIdOf } from '../course/user-id.js';
import { applyRuleJob } from './apply-rule.job.js';
import { NameTeams } from './name-teams.js';
import { restorableUntil, ruleEventOf, type Rule } from './rule.js';
import {
  RuleChanged,
  RuleCourseNotFound,
  RuleNotDeleted,
  RuleNotFound,
  RuleRestoreExpired,
} from './rule.errors.js';
import { RuleRepository } from './rule.repository.js';

/** So long a deletion waits before it lets go of anybody: time to take it back. */
const SECOND_THOUGHTS_MS = 10_000;

/** What is done to rules by hand. It takes effect in the background, which is demanded in the same unit of work. */
@Injectable()
export class SaveRule {
  constructor(
    private readonly rules: RuleRepository,
    private readonly teams: NameTeams,
    private readonly events: EventLog,
    private readonly queue: TenantQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws RuleTeamNotFound, RuleCourseNotFound */
  async create(input: RuleInput): Promise<Rule> {
    const conditions = await this.teams.require(input.conditions);
    const now = this.clock.now();
    const rule: Rule = {
      ...{ id: newId(), ...contentOf(input), conditions, revision: 1 },
      ...{ createdAt: now, updatedAt: now, deletedAt: null },
    };
    await this.unitOfWork.run(async () => {
      await this.requireCourses(rule);
      await this.rules.add(rule, userIdOf(currentActor()));
      await this.rules.demand(rule.id, rule.revision, now);
      await this.events.append(ruleCreated, rule.id, ruleEventOf(rule));
    });
    await this.hurry(rule.id);
    return rule;
  }

  /** @throws RuleNotFound, RuleChanged, RuleTeamNotFound, RuleCourseNotFound */
  async replace(ruleId: string, input: RuleInput, seenRevision: string): Promise<Rule> {
    const conditions = await this.teams.require(input.conditions);
    const now = this.clock.now();
    const rule = await this.unitOfWork.run(async () => {
      const before = await this.rules.lock(ruleId);
      if (before?.deletedAt !== null) throw new RuleNotFound();
      if (String(before.revision) !== seenRevision) throw new RuleChanged();
      const content = { ...contentOf(input), conditions };
      const after = { ...before, ...content, revision: before.revision + 1, updatedAt: now };
      await this.requireCourses(after);
      await this.rules.save(after);
      await this.rules.demand(ruleId, after.revision, now);
      await this.events.append(ruleUpdated, ruleId, ruleEventOf(after));
      return after;
    });
    await this.hurry(ruleId);
    return rule;
  }

  async delete(ruleId: string): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run(async () => {
      const before = await this.rules.lock(ruleId);
      if (before?.deletedAt !== null) throw new RuleNotFound();
      const after = { ...before, revision: before.revision + 1, updatedAt: now, deletedAt: now };
      await this.rules.save(after);
      await this.rules.demand(ruleId, after.revision, new Date(now.getTime() + SECOND_THOUGHTS_MS));
      await this.events.append(ruleDeleted, ruleId, { ruleId, name: after.name });
    });
  }

  async restore(ruleId: string): Promise<Rule> {
    const now = this.clock.now();
    const rule = await this.unitOfWork.run(async () => {
      const before = await this.rules.lock(ruleId);
      if (before === null) throw new RuleNotFound();
      if (before.deletedAt === null) throw new RuleNotDeleted();
      if (now > restorableUntil(before.deletedAt)) throw new RuleRestoreExpired();
      const after = { ...before, revision: before.revision + 1, updatedAt: now, deletedAt: null };
      await this.rules.save(after);
      await this.rules.demand(ruleId, after.revision, now);
      await this.events.append(ruleRestored, ruleId, { ruleId, name: after.name });
      return after;
    });
    await this.hurry(ruleId);
    return rule;
  }

  private async requireCourses({ courseIds }: Rule): Promise<void> {
    const unknown = new Set(await this.rules.unknownCourses(courseIds));
    const index = courseIds.findIndex((id) => unknown.has(id));
    if (index >= 0) throw new RuleCourseNotFound(index);
  }

  /** The demand stands in the database; without a queue it is found a few seconds later. */
  private async hurry(ruleId: string): Promise<void> {
    await this.queue.add(applyRuleJob, { ruleId }, { key: ruleId }).catch(() => undefined);
  }
}

function contentOf({ courseIds, reminders, ...input }: RuleInput) {
  const ordered = [...new Set(reminders)].sort((a, b) => a - b);
  return { ...input, courseIds: [...new Set(courseIds)], reminders: ordered };
}
