import type { z } from 'zod';

/** A kind of job: `service.noun.verb`, with the shape of its payload. */
export interface JobDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Payload;
}

export function defineJob<Payload extends z.ZodType>(name: string, payload: Payload): JobDefinition<Payload> {
  return { name, payload };
}

export interface JobOptions {
  /** The job's identity: a second one with the same key is not queued while the first is waiting or running. */
  readonly key?: string;
  readonly delayMs?: number;
  /** Within the tenant's own jobs; default `normal`. */
  readonly priority?: 'high' | 'normal' | 'low';
}

export type JobHandler<Payload> = (payload: Payload, job: JobRun) => Promise<void>;

export interface JobRun {
  readonly id: string;
  /** From 1. */
  readonly attempt: number;
}

/**
 * Work to be done once, later, for the current tenant. A job runs inside its tenant's context, in the name of who
 * queued it; it is tried three times, 2 s and 4 s apart, so handlers must bear being repeated.
 */
export abstract class TenantQueue {
  /** @throws DomainError `queue.limit_exceeded` when the tenant has as many jobs waiting as its plan allows. */
  abstract add<Payload extends z.ZodType>(
    job: JobDefinition<Payload>,
    payload: z.input<Payload>,
    options?: JobOptions,
  ): Promise<void>;

  /** Declares who does the jobs of this kind; once per kind and process, at start. */
  abstract process<Payload extends z.ZodType>(
    job: JobDefinition<Payload>,
    handler: JobHandler<z.output<Payload>>,
  ): void;
}
