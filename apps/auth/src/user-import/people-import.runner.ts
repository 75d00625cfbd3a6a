import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import { TenantQueue } from '#libs/queue';
import { ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory } from '#libs/sharding';
import { runAsService } from '#libs/tenancy';
import { advanceImportJob } from './advance-import.job.js';
import { AdvanceImport } from './advance-import.use-case.js';
import { PeopleImportRepository } from './people-import.repository.js';

/** A job works at most so long before it makes room for those of others. */
const TURN_MS = 10_000;
const LOOK_MS = 15_000;
const SILENT_MS = 30_000;
const ABANDONED_MS = 3_600_000;
const LATER_MS = 5_000;

const SILENT = `
  SELECT tenant_id AS "tenantId", id, state FROM auth.user_imports
   WHERE (state IN ('checking', 'running', 'inviting') AND beat_at < $1) OR (state = 'receiving' AND beat_at < $2)
   LIMIT 200`;

/** Does the jobs of imports, and looks out for imports whose worker died or whose job was lost: they go on where they stood. */
@Injectable()
export class PeopleImportRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: TenantQueue,
    private readonly advancing: AdvanceImport,
    private readonly imports: PeopleImportRepository,
    private readonly relay: RelayDatabase,
    private readonly directory: ShardDirectory,
    private readonly logger: ServiceLogger,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.process(advanceImportJob, async ({ importId }) => {
      const next = await this.advancing.execute(importId, Date.now() + TURN_MS);
      if (next === 'over') return;
      const options = { key: `${importId}:${newId()}`, delayMs: next === 'later' ? LATER_MS : 0 };
      await this.queue.add(advanceImportJob, { importId }, options);
    });
    const look = () => {
      this.looking = this.looking.then(() => this.wakeSilent());
    };
    this.timer = setInterval(look, LOOK_MS);
    look();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** On every shard that answers. */
  async wakeSilent(): Promise<void> {
    const now = this.clock.now().getTime();
    const before = [new Date(now - SILENT_MS), new Date(now - ABANDONED_MS)];
    try {
      for (const { name } of await this.relay.eachShard()) {
        interface Silent {
          readonly tenantId: string;
          readonly id: string;
          readonly state: string;
        }
        for (const { tenantId, id, state } of await this.relay.query<Silent>(name, SILENT, before)) {
          await this.wake(tenantId, id, state);
        }
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'imports that stand still are not woken');
    }
  }

  private async wake(tenantId: string, importId: string, state: string): Promise<void> {
    const tenant = await this.directory.tenantById(tenantId);
    if (tenant?.status !== 'active') return;
    await runAsService(tenant, 'auth', async () => {
      // An upload that broke off with its process: nothing of it is of use.
      if (state === 'receiving') await this.imports.remove(importId);
      else await this.queue.add(advanceImportJob, { importId }, { key: `woken:${importId}` });
    });
  }
}
