import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, type ServiceName } from '#libs/contracts';
import { jobDiscarded, jobRetried, type FailedJob, type QueueSummary } from '#libs/contracts/insights';
import { EventLog } from '#libs/events';
import { DomainError } from '#libs/kernel';
import { QueueInspector, type GivenUpJob } from '#libs/queue';
import { ShardDirectory } from '#libs/sharding';
import { currentContext, runInContext } from '#libs/tenancy';
import { z } from 'zod';

const place = z.strictObject({ from: z.int().nonnegative() });

/** The queues of all services. What an operator does to a job is written down in the tenant that it belongs to. */
@Injectable()
export class Queues {
  constructor(
    private readonly inspector: QueueInspector,
    private readonly directory: ShardDirectory,
    private readonly events: EventLog,
  ) {}

  async all(): Promise<QueueSummary[]> {
    return this.inspector.counts();
  }

  async failed(
    queue: ServiceName,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<FailedJob>> {
    const from = cursor === undefined ? 0 : decodeCursor(cursor, place).from;
    const jobs = await this.inspector.failed(queue, from, limit + 1);
    const hasMore = jobs.length > limit;
    return {
      items: jobs.slice(0, limit).map(viewOf),
      nextCursor: hasMore ? encodeCursor({ from: from + limit }) : null,
    };
  }

  /** @throws DomainError `job.not_found` */
  async retry(queue: ServiceName, jobId: string): Promise<QueueSummary> {
    const job = await this.found(queue, jobId);
    await this.note(job, async () => this.events.append(jobRetried, jobId, { queue, job: job.name, jobId }));
    await this.inspector.retry(queue, jobId);
    return this.inspector.countsOf(queue);
  }

  /** @throws DomainError `job.not_found` */
  async discard(queue: ServiceName, jobId: string): Promise<void> {
    const job = await this.found(queue, jobId);
    await this.note(job, async () =>
      this.events.append(jobDiscarded, jobId, { queue, job: job.name, jobId }),
    );
    await this.inspector.discard(queue, jobId);
  }

  private async found(queue: ServiceName, jobId: string): Promise<GivenUpJob> {
    const job = await this.inspector.find(queue, jobId);
    if (job !== null) return job;
    throw new DomainError('not_found', 'job.not_found', 'There is no such job that was given up.');
  }

  /** First the note, then the deed: one that fails is noted and can be repeated. */
  private async note({ tenantId }: GivenUpJob, write: () => Promise<void>): Promise<void> {
    const found = tenantId === null ? null : await this.directory.tenantById(tenantId);
    if (found === null) return;
    const { id, slug, name, plan, status } = found;
    await runInContext({ ...currentContext(), tenant: { id, slug, name, plan, status } }, write);
  }
}

function viewOf({ queuedAt, failedAt, ...job }: GivenUpJob): FailedJob {
  return { ...job, queuedAt: queuedAt.toISOString(), failedAt: failedAt?.toISOString() ?? null };
}
