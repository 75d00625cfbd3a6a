import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ProjectionRunner } from '#libs/events';
import { TenantQueue, TenantTimer } from '#libs/queue';
import { ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { Redis } from 'ioredis';
import { renewEnrolmentsJob } from '../renewal/renew-enrolments.job.js';
import { RenewEnrolments } from '../renewal/renew-enrolments.use-case.js';
import { applyRuleJob } from '../rule/apply-rule.job.js';
import { ApplyRule } from '../rule/apply-rule.use-case.js';
import { RuleReactions } from '../rule/rule.reactions.js';
import { sendRemindersJob } from './send-reminders.job.js';
import { SendReminders } from './send-reminders.use-case.js';

const service = 'courses';

/** From tenant to tenant along the index: only those that have a row with an instant at all are touched. */
const tenantsWith = (table: string, instant: string) => `
  WITH RECURSIVE waiting AS (
    (SELECT d.tenant_id FROM ${table} d WHERE d.${instant} IS NOT NULL ORDER BY d.tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT d.tenant_id FROM ${table} d
             WHERE d.${instant} IS NOT NULL AND d.tenant_id > w.tenant_id ORDER BY d.tenant_id LIMIT 1)
      FROM waiting w WHERE w.tenant_id IS NOT NULL
  )
  SELECT w.tenant_id AS "tenantId" FROM waiting w
   WHERE w.tenant_id IS NOT NULL
     AND EXISTS (SELECT FROM ${table} d WHERE d.tenant_id = w.tenant_id AND d.${instant} <= now())`;

export const tenantsWithDueSteps = tenantsWith('courses.deadlines', 'next_at');
export const tenantsWithRenewals = tenantsWith('courses.renewals', 'notice_at');

/** Holds what is to be done and nothing else, so it is as good as empty. */
export const demandedRules = `
  SELECT w.tenant_id AS "tenantId", w.rule_id AS "ruleId" FROM courses.rule_work w
   WHERE w.not_before <= now() LIMIT 1000`;

/**
 * What courses does on its own account: rules that follow people, rules that wait, reminders that are due, and
 * completions that end.
 */
@Injectable()
export class ReminderRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly reactions: ProjectionRunner;
  private readonly reminding: TenantTimer<{ readonly tenantId: string }>;
  private readonly renewing: TenantTimer<{ readonly tenantId: string }>;
  private readonly applying: TenantTimer<{ readonly tenantId: string; readonly ruleId: string }>;

  constructor(
    reactions: RuleReactions,
    database: TenantDatabase,
    relay: RelayDatabase,
    directory: ShardDirectory,
    redis: Redis,
    logger: ServiceLogger,
    private readonly queue: TenantQueue,
    private readonly applyRule: ApplyRule,
    private readonly sendReminders: SendReminders,
    private readonly renewEnrolments: RenewEnrolments,
  ) {
    const projections = [reactions.projection];
    const shared = { service, relay, directory, logger } as const;
    this.reactions = new ProjectionRunner({ ...shared, projections, database, redis });
    this.reminding = new TenantTimer({
      ...{ ...shared, due: tenantsWithDueSteps },
      wake: async () => queue.add(sendRemindersJob, {}, { key: 'all' }),
    });
    this.renewing = new TenantTimer({
      ...{ ...shared, due: tenantsWithRenewals },
      wake: async () => queue.add(renewEnrolmentsJob, {}, { key: 'all' }),
    });
    this.applying = new TenantTimer({
      ...{ ...shared, due: demandedRules, everyMs: 3_000 },
      wake: async ({ ruleId }) => queue.add(applyRuleJob, { ruleId }, { key: ruleId }),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.process(applyRuleJob, async ({ ruleId }) => this.applyRule.execute(ruleId));
    this.queue.process(sendRemindersJob, async () => this.sendReminders.execute());
    this.queue.process(renewEnrolmentsJob, async () => this.renewEnrolments.execute());
    this.reactions.start();
    this.reminding.start();
    this.renewing.start();
    this.applying.start();
  }

  async onModuleDestroy(): Promise<void> {
    const { reactions, reminding, renewing, applying } = this;
    await Promise.all([reactions, reminding, renewing, applying].map(async (one) => one.stop()));
  }
}
