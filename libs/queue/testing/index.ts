import { newId } from '#libs/kernel';
import { TenantQueue, type JobDefinition, type JobHandler, type JobOptions } from '#libs/queue';
import { currentContext, runInContext, type RequestContext } from '#libs/tenancy';
import type { z } from 'zod';

interface QueuedJob {
  readonly name: string;
  readonly payload: unknown;
  readonly options: JobOptions;
  readonly context: RequestContext;
}

/** Keeps the jobs until the test runs them. */
export class FakeTenantQueue extends TenantQueue {
  readonly jobs: QueuedJob[] = [];
  private readonly handlers = new Map<string, JobHandler<never>>();

  async add<Payload extends z.ZodType>(
    job: JobDefinition<Payload>,
    payload: z.input<Payload>,
    options: JobOptions = {},
  ): Promise<void> {
    if (options.key !== undefined && this.jobs.some((queued) => queued.options.key === options.key)) return;
    this.jobs.push({
      name: job.name,
      payload: job.payload.parse(payload),
      options,
      context: currentContext(),
    });
  }

  process<Payload extends z.ZodType>(
    job: JobDefinition<Payload>,
    handler: JobHandler<z.output<Payload>>,
  ): void {
    this.handlers.set(job.name, handler);
  }

  /** Runs all queued jobs, and those that they queue, each in the context of who queued it. */
  async runAll(): Promise<void> {
    for (let job = this.jobs.shift(); job !== undefined; job = this.jobs.shift()) {
      const { name, payload, context } = job;
      const handler = this.handlers.get(name);
      if (handler === undefined) throw new Error(`Nobody processes ${name}.`);
      await runInContext(context, () => handler(payload as never, { id: newId(), attempt: 1 }));
    }
  }
}
