import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TenantQueue, TenantTimer } from '#libs/queue';
import { ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory } from '#libs/sharding';
import { lookAfterConnectionsJob } from './look-after-connections.job.js';
import { LookAfterConnections } from './look-after-connections.use-case.js';

/** From tenant to tenant along the index: academies without connections are not touched. */
export const connectionsDue = `
  WITH RECURSIVE present AS (
    (SELECT c.tenant_id FROM auth.connections c ORDER BY c.tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT c.tenant_id FROM auth.connections c WHERE c.tenant_id > h.tenant_id ORDER BY c.tenant_id LIMIT 1)
      FROM present h WHERE h.tenant_id IS NOT NULL
  )
  SELECT h.tenant_id AS "tenantId" FROM present h
   WHERE h.tenant_id IS NOT NULL
     AND EXISTS (SELECT FROM auth.connections c WHERE c.tenant_id = h.tenant_id AND c.look_at <= now())`;
const EVERY_MS = 60_000;

/** Sees to it that connections are looked after in time, whichever process is there to do it. */
@Injectable()
export class ConnectionCareRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timer: TenantTimer<{ readonly tenantId: string }>;

  constructor(
    relay: RelayDatabase,
    directory: ShardDirectory,
    logger: ServiceLogger,
    private readonly queue: TenantQueue,
    private readonly caring: LookAfterConnections,
  ) {
    this.timer = new TenantTimer({
      ...{ service: 'auth', relay, directory, logger, due: connectionsDue, everyMs: EVERY_MS },
      wake: async () => queue.add(lookAfterConnectionsJob, {}, { key: 'all' }),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.process(lookAfterConnectionsJob, async () => this.caring.execute());
    this.timer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.timer.stop();
  }
}
