import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ProjectionRunner } from '#libs/events';
import { TenantQueue, TenantTimer } from '#libs/queue';
import { ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { Redis } from 'ioredis';
import { mailNotificationsJob } from './mail-notifications.job.js';
import { MailNotifications } from './mail-notifications.use-case.js';
import { NotificationReactions } from './notification.reactions.js';

const service = 'auth';

/** From tenant to tenant along the index: only those that have something to mail are touched. */
const tenantsWithMails = `
  WITH RECURSIVE waiting AS (
    (SELECT n.tenant_id FROM auth.notifications n WHERE n.mail_at IS NOT NULL ORDER BY n.tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT n.tenant_id FROM auth.notifications n
             WHERE n.mail_at IS NOT NULL AND n.tenant_id > w.tenant_id ORDER BY n.tenant_id LIMIT 1)
      FROM waiting w WHERE w.tenant_id IS NOT NULL
  )
  SELECT w.tenant_id AS "tenantId" FROM waiting w
   WHERE w.tenant_id IS NOT NULL
     AND EXISTS (SELECT FROM auth.notifications n WHERE n.tenant_id = w.tenant_id AND n.mail_at <= now())`;

/** Tells people in the background, and mails what they want mailed. */
@Injectable()
export class NotificationRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly reactions: ProjectionRunner;
  private readonly mailing: TenantTimer<{ readonly tenantId: string }>;

  constructor(
    reactions: NotificationReactions,
    database: TenantDatabase,
    relay: RelayDatabase,
    directory: ShardDirectory,
    redis: Redis,
    logger: ServiceLogger,
    private readonly queue: TenantQueue,
    private readonly mails: MailNotifications,
  ) {
    const projections = [reactions.projection];
    const shared = { service, relay, directory, logger } as const;
    this.reactions = new ProjectionRunner({ ...shared, projections, database, redis });
    this.mailing = new TenantTimer({
      ...{ ...shared, due: tenantsWithMails },
      wake: async () => queue.add(mailNotificationsJob, {}, { key: 'all' }),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.process(mailNotificationsJob, async () => this.mails.execute());
    this.reactions.start();
    this.mailing.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.reactions.stop(), this.mailing.stop()]);
  }
}
