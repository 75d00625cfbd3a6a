import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ProjectionRunner } from '#libs/events';
import { TenantQueue } from '#libs/queue';
import { ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory, TenantDatabase } from '#libs/sharding';
import { Redis } from 'ioredis';
import { tellAppsJob } from '../issuer/tell-apps.job.js';
import { TellApps } from '../issuer/tell-apps.use-case.js';
import { sendMailJob } from '../mail/send-mail.job.js';
import { SendMail } from '../mail/send-mail.use-case.js';
import { passwordResetJob } from '../password/ask-password-reset.use-case.js';
import { RequestPasswordReset } from '../password/request-password-reset.use-case.js';
import { ErasureReactions } from '../erasure/erasure.reactions.js';
import { AuthReactions } from './auth-reactions.js';

/** Runs what auth does on its own account: reactions to events, and jobs. */
@Injectable()
export class ReactionRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly runner: ProjectionRunner;

  constructor(
    reactions: AuthReactions,
    erasures: ErasureReactions,
    database: TenantDatabase,
    relay: RelayDatabase,
    directory: ShardDirectory,
    redis: Redis,
    logger: ServiceLogger,
    private readonly queue: TenantQueue,
    private readonly sending: SendMail,
    private readonly resets: RequestPasswordReset,
    private readonly apps: TellApps,
  ) {
    const projections = [reactions.projection, erasures.projection];
    this.runner = new ProjectionRunner({
      service: 'auth',
      ...{ projections, database, relay, directory, redis, logger },
    });
  }

  onApplicationBootstrap(): void {
    this.queue.process(sendMailJob, async ({ mailId }) => {
      const outcome = await this.sending.execute(mailId);
      if (outcome.kind !== 'later') return;
      const options = { key: `${mailId}:${outcome.attempts}`, delayMs: outcome.seconds * 1000 };
      await this.queue.add(sendMailJob, { mailId }, options);
    });
    this.queue.process(passwordResetJob, async ({ email, origin }) => this.resets.execute(email, origin));
    this.queue.process(tellAppsJob, async ({ sessionId, appId }) => this.apps.execute(sessionId, appId));
    this.runner.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.runner.stop();
  }
}
