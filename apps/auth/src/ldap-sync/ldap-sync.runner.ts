import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TenantQueue, TenantTimer } from '#libs/queue';
import { ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory } from '#libs/sharding';
import { runLdapSyncsJob } from './run-ldap-syncs.job.js';
import { RunLdapSyncs } from './run-ldap-syncs.use-case.js';

/** Runs that wait for their time, and runs whose worker has not been heard of: whoever is free goes on with them. */
export const ldapSyncsDue = `
  SELECT DISTINCT tenant_id AS "tenantId" FROM auth.ldap_syncs
   WHERE state IN ('waiting', 'running') AND due_at <= now() LIMIT 200`;

/** Sees to it that people are taken over in time, whichever process is there to do it. */
@Injectable()
export class LdapSyncRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timer: TenantTimer<{ readonly tenantId: string }>;

  constructor(
    relay: RelayDatabase,
    directory: ShardDirectory,
    logger: ServiceLogger,
    private readonly queue: TenantQueue,
    private readonly running: RunLdapSyncs,
  ) {
    this.timer = new TenantTimer({
      ...{ service: 'auth', relay, directory, logger, due: ldapSyncsDue },
      wake: async () => queue.add(runLdapSyncsJob, {}, { key: 'all' }),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.process(runLdapSyncsJob, async () => this.running.execute());
    this.timer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.timer.stop();
  }
}
