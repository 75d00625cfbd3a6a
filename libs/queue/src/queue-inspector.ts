import { serviceNames, type ServiceName } from '#libs/contracts';
import { DomainError } from '#libs/kernel';
import Bull, { type Job, type Queue } from 'bull';
import type { Redis } from 'ioredis';
import type { Envelope } from './bull-tenant-queue.js';

export interface QueueCounts {
  readonly queue: ServiceName;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  /** Age of the job that waits longest. */
  readonly oldestSeconds: number;
}

/** A job that was given up, without what is in it. */
export interface GivenUpJob {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string | null;
  readonly attempts: number;
  readonly reason: string;
  readonly queuedAt: Date;
  readonly failedAt: Date | null;
}

const LONGEST_REASON = 300;
const PREFIX = 'harka:queue';

/** The queues of all services from outside, over one connection; processes nothing. */
export class QueueInspector {
  private readonly queues: ReadonlyMap<ServiceName, Queue<Envelope>>;

  constructor(redis: Redis) {
    // Bull asks for a connection of each kind only when it needs it; looking needs the plain one alone.
    const createClient = () => redis;
    this.queues = new Map(
      serviceNames
        .filter((name) => name !== 'gateway')
        .map((name) => [name, new Bull<Envelope>(name, { prefix: PREFIX, createClient })]),
    );
  }

  /** @throws DomainError `queue.unavailable` */
  async counts(): Promise<QueueCounts[]> {
    return Promise.all([...this.queues.keys()].map(async (name) => this.countsOf(name)));
  }

  async countsOf(name: ServiceName): Promise<QueueCounts> {
    return available(async () => {
      const queue = this.queue(name);
      const { waiting, active, delayed, failed } = await queue.getJobCounts();
      const [oldest] = await queue.getWaiting(0, 0);
      const age = oldest === undefined ? 0 : Math.max(0, Date.now() - oldest.timestamp) / 1000;
      return { queue: name, waiting, active, delayed, failed, oldestSeconds: age };
    });
  }

  /** The newest first. */
  async failed(name: ServiceName, from: number, count: number): Promise<GivenUpJob[]> {
    return available(async () => {
      const jobs = await this.queue(name).getFailed(from, from + count - 1);
      return jobs.filter((job) => (job as Job | null) !== null).map(givenUp);
    });
  }

  /** Null when it is not there, or has not been given up. */
  async find(name: ServiceName, jobId: string): Promise<GivenUpJob | null> {
    return available(async () => {
      const job: Job<Envelope> | null = await this.queue(name).getJob(jobId);
      return job !== null && (await job.isFailed()) ? givenUp(job) : null;
    });
  }

  async retry(name: ServiceName, jobId: string): Promise<void> {
    await available(async () => {
      const job: Job | null = await this.queue(name).getJob(jobId);
      await job?.retry();
    });
  }

  async discard(name: ServiceName, jobId: string): Promise<void> {
    await available(async () => {
      const job: Job | null = await this.queue(name).getJob(jobId);
      await job?.remove();
    });
  }

  private queue(name: ServiceName): Queue<Envelope> {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new DomainError('not_found', 'queue.not_found', 'There is no such queue.');
    return queue;
  }
}

function givenUp(job: Job<Envelope>): GivenUpJob {
  const { id, name, data, attemptsMade, failedReason = '', timestamp, finishedOn } = job;
  const given = data as Partial<Envelope> | undefined;
  return {
    id: String(id),
    name,
    tenantId: given?.tenantId ?? null,
    attempts: attemptsMade,
    reason: failedReason.slice(0, LONGEST_REASON),
    queuedAt: new Date(timestamp),
    failedAt: finishedOn === undefined ? null : new Date(finishedOn),
  };
}

async function available<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('unavailable', 'queue.unavailable', 'The queues cannot be asked right now.', {
      retryAfterSeconds: 2,
      cause,
    });
  }
}
