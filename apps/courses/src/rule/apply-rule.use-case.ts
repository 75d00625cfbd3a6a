import { Injectable } from '@nestjs/common';
import { ruleApplied, ruleUpdated } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import { AssignByRules } from './assign-by-rules.js';
import { NameTeams } from './name-teams.js';
import { ruleEventOf } from './rule.js';
import { RuleRepository } from './rule.repository.js';

/** Assignments in one unit of work: their events take the tenant's turn in the log, and others wait for it. */
const ROUND = 500;

/** Goes through one rule for everybody. It can be broken off and repeated at any place: each round stands for itself. */
@Injectable()
export class ApplyRule {
  constructor(
    private readonly rules: RuleRepository,
    private readonly assignments: AssignByRules,
    private readonly teams: NameTeams,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(ruleId: string): Promise<void> {
    const work = await this.rules.demanded(ruleId, this.clock.now());
    if (work === null) return;
    await this.nameTeams(ruleId);
    const released = await this.releaseAll(ruleId);
    await this.redateAll(ruleId);
    const assigned = await this.assignAll(ruleId);
    await this.unitOfWork.run(async () => {
      const rule = await this.rules.lock(ruleId);
      await this.rules.fulfilled(ruleId, work.revision);
      if (rule === null || assigned + released === 0) return;
      await this.events.append(ruleApplied, ruleId, { ruleId, name: rule.name, assigned, released });
    });
  }

  /** Rules of before teams had ids say their names; another name would empty them. */
  private async nameTeams(ruleId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const rule = await this.rules.lock(ruleId);
      if (rule === null) return;
      const conditions = await this.teams.settle(rule.conditions);
      if (JSON.stringify(conditions) === JSON.stringify(rule.conditions)) return;
      const named = { ...rule, conditions, revision: rule.revision + 1, updatedAt: this.clock.now() };
      await this.rules.save(named);
      await this.events.append(ruleUpdated, ruleId, ruleEventOf(named));
    });
  }

  private async releaseAll(ruleId: string): Promise<number> {
    for (let released = 0; ;) {
      const count = await this.unitOfWork.run(async () => {
        await this.rules.lock(ruleId);
        return this.assignments.release(ruleId, null, ROUND);
      });
      released += count;
      if (count < ROUND) return released;
    }
  }

  private async redateAll(ruleId: string): Promise<void> {
    for (let after: string | null = null; ;) {
      const last: string | null = await this.unitOfWork.run(async () => {
        const rule = await this.rules.lock(ruleId);
        if (rule === null) return null;
        const page = await this.rules.held(ruleId, after, ROUND);
        if (page.length > 0) await this.assignments.redate(rule, page);
        return page.length < ROUND ? null : (page.at(-1)?.enrolmentId ?? null);
      });
      if (last === null) return;
      after = last;
    }
  }

  private async assignAll(ruleId: string): Promise<number> {
    const rule = await this.unitOfWork.run(() => this.rules.lock(ruleId));
    if (rule?.status !== 'active' || rule.deletedAt !== null) return 0;
    const people = await this.rules.everybody(rule);
    const step = Math.max(1, Math.floor(ROUND / rule.courseIds.length));
    let assigned = 0;
    for (let start = 0; start < people.length; start += step) {
      assigned += await this.unitOfWork.run(async () => {
        const current = await this.rules.lock(ruleId);
        if (current === null) return 0;
        return this.assignments.assign([current], ruleId, people.slice(start, start + step));
      });
    }
    return assigned;
  }
}
