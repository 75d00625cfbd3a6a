import { once } from 'node:events';
import type { Plan, ServiceName } from '#libs/contracts';
import { LimitExceeded, termsOf } from '#libs/entitlements';
import { DomainError, newId } from '#libs/kernel';
import type { ShardDirectory } from '#libs/sharding';
import {
  currentActor,
  currentContext,
  currentTenant,
  runInContext,
  type Actor,
  type RequestContext,
  type TenantRef,
} from '#libs/tenancy';
import type { Job, Queue } from 'bull';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { Admission } from './admission.js';
import { TenantQueue, type JobDefinition, type JobHandler, type JobOptions } from './tenant-queue.js';

const ATTEMPTS = 3;
const BACKOFF = { type: 'exponential', delay: 2_000 };

/** 2 s, then 4 s, in the place of Bull's own, which would wait 6 s the second time. */
export const backoffStrategies = {
  exponential: (attemptsMade: number): number => BACKOFF.delay * 2 ** (attemptsMade - 1),
};
const READY_MS = 2_000;
const KEPT_FAILURES = { age: 14 * 24 * 3600, count: 1_000 };

export interface BullTenantQueueOptions {
  readonly service: ServiceName;
  /** Tells at the time of the run whether the tenant may still work. */
  readonly directory: Pick<ShardDirectory, 'tenantById'>;
  readonly logger: Logger;
  /** Jobs at a time in this process. */
  readonly concurrency?: number;
  /** Jobs that a tenant may have waiting and running; by default those of its plan. */
  readonly limit?: (plan: Plan) => number;
}

/** What lies in Redis for a job. */
export interface Envelope {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly requestId: string;
  readonly traceparent: string | null;
  readonly payload: unknown;
}

/**
 * TenantQueue over Bull. Fairness: a job's place is worked out as in start-time fair queueing, so that the first job
 * of a quiet tenant goes before the thousandth of a busy one, whoever came first.
 */
export class BullTenantQueue extends TenantQueue {
  private readonly handlers = new Map<string, { job: JobDefinition; handle: JobHandler<never> }>();
  private readonly admission: Admission;
  private readonly logger: Logger;

  constructor(
    private readonly queue: Queue<Envelope>,
    private readonly options: BullTenantQueueOptions,
  ) {
    super();
    this.logger = options.logger;
    this.admission = new Admission(queue);
    queue.on('error', (error: unknown) => {
      this.logger.warn({ err: error }, 'the queue does not answer');
    });
    queue.on('completed', (job: Job<Envelope>) => {
      this.over(job);
    });
    queue.on('failed', (job: Job<Envelope>, error: unknown) => {
      const { name, data, attemptsMade } = job;
      this.logger.warn({ err: error, job: name, tenant: data.tenantId, attemptsMade }, 'a job failed');
      if (attemptsMade >= (job.opts.attempts ?? 1)) this.over(job);
    });
  }

  async add<Payload extends z.ZodType>(
    job: JobDefinition<Payload>,
    payload: z.input<Payload>,
    { key, delayMs = 0, priority = 'normal' }: JobOptions = {},
  ): Promise<void> {
    const tenant = currentTenant();
    const { requestId, traceparent } = currentContext();
    const envelope: Envelope = {
      tenantId: tenant.id,
      // What a job may do is the handler's business; it carries nobody's permissions and no session.
      actor: { ...currentActor(), permissions: [], sessionId: null },
      ...{ requestId, traceparent },
      payload: job.payload.parse(payload),
    };
    await this.ready();
    const jobId = `${job.name}:${key ?? newId()}`;
    // Bull itself adds the group of its limiter to the id.
    const id = `${jobId}:${tenant.id}`;
    const place = await this.admit(tenant, id, priority);
    if (place === undefined) return;
    try {
      await this.queue.add(job.name, envelope, {
        ...{ jobId, priority: place, delay: delayMs, attempts: ATTEMPTS, backoff: BACKOFF },
        removeOnComplete: true,
        removeOnFail: key === undefined ? KEPT_FAILURES : true,
      });
    } catch (error) {
      await this.admission.over(tenant.id, id).catch(() => undefined);
      throw unavailable(error);
    }
  }

  process<Payload extends z.ZodType>(
    job: JobDefinition<Payload>,
    handler: JobHandler<z.output<Payload>>,
  ): void {
    if (this.handlers.size === 0) {
      this.queue
        .process('*', this.options.concurrency ?? 10, (run) => this.run(run))
        .catch((error: unknown) => {
          this.logger.error({ err: error }, 'jobs are not processed');
        });
    }
    this.handlers.set(job.name, { job, handle: handler });
  }

  /** Undefined when the job is queued already. */
  private async admit(
    tenant: TenantRef,
    id: string,
    priority: NonNullable<JobOptions['priority']>,
  ): Promise<number | undefined> {
    const limit = this.options.limit?.(tenant.plan) ?? termsOf(tenant.plan).limits.queuedJobs ?? Infinity;
    const outcome = await this.admission.enter(tenant.id, id, limit, priority).catch((error: unknown) => {
      throw unavailable(error);
    });
    switch (outcome.kind) {
      case 'admitted':
        return outcome.place;
      case 'known':
        return undefined;
      case 'full':
        throw new LimitExceeded('queuedJobs', limit);
    }
  }

  private async run(job: Job<Envelope>): Promise<void> {
    const known = this.handlers.get(job.name);
    if (known === undefined) throw new Error(`Nobody here processes ${job.name}.`);
    const { tenantId, payload, ...cause } = job.data;
    const tenant = await this.options.directory.tenantById(tenantId);
    if (tenant?.status !== 'active') {
      throw new DomainError('forbidden', 'tenant.not_active', 'The tenant of this job may not work now.');
    }
    await this.admission.started(job);
    const context: RequestContext = { tenant, ...cause, ip: null, userAgent: null };
    const parsed: unknown = known.job.payload.parse(payload);
    await runInContext(context, () =>
      known.handle(parsed as never, { id: String(job.id), attempt: job.attemptsMade + 1 }),
    );
  }

  private over(job: Job<Envelope>): void {
    this.admission.over(job.data.tenantId, String(job.id)).catch((error: unknown) => {
      this.logger.warn({ err: error, job: job.name }, 'a finished job still counts until the tenant is full');
    });
  }

  /** Bull would wait for Redis for ever. */
  private async ready(): Promise<void> {
    const { client } = this.queue;
    if (client.status === 'ready') return;
    await once(client, 'ready', { signal: AbortSignal.timeout(READY_MS) }).catch((error: unknown) => {
      throw unavailable(error);
    });
  }
}

function unavailable(cause: unknown): DomainError {
  if (cause instanceof DomainError) return cause;
  return new DomainError('unavailable', 'queue.unavailable', 'Work cannot be queued right now.', {
    retryAfterSeconds: 2,
    cause,
  });
}
