import { z } from 'zod';
import { instant, page, plan, serviceNames, text, uuid } from '../index.js';

/** What a tenant uses of what its plan grants, for the operator. */
export const tenantUsage = z.strictObject({
  tenantId: uuid(),
  plan,
  activeUsers: z.int().nonnegative(),
  coursesCompleted: z.int().nonnegative(),
  /** Mean over all enrolments, 0 to 1. */
  averageProgress: z.number().min(0).max(1),
  /** Each against its limit; null means without limit. */
  limits: z.array(
    z.strictObject({
      name: z.enum(['users', 'storageBytes', 'requestsPerMonth', 'requestsPerMinute', 'queuedJobs']),
      /** Null where it is not counted over time. */
      used: z.number().nonnegative().nullable(),
      most: z.number().nonnegative().nullable(),
    }),
  ),
  features: z.record(z.string(), z.boolean()),
  health: z.strictObject({
    status: z.enum(['healthy', 'warning', 'critical']),
    issues: z.array(z.string()),
  }),
});
export type TenantUsage = z.infer<typeof tenantUsage>;

/** How far one read model of one tenant has come. */
export const tenantProjection = z.strictObject({
  projection: z.string(),
  status: z.enum(['active', 'replaying', 'parked']),
  position: z.int().nonnegative(),
  head: z.int().nonnegative(),
  /** Why it is parked: the kind of error, nothing of the tenant's data. */
  error: z.string().nullable(),
});
export type TenantProjection = z.infer<typeof tenantProjection>;
export const tenantProjectionList = z.strictObject({ items: z.array(tenantProjection) });

export const queueName = z.enum(serviceNames);

export const queueSummary = z.strictObject({
  queue: queueName,
  waiting: z.int().nonnegative(),
  active: z.int().nonnegative(),
  delayed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** How long the job that waits longest has waited. */
  oldestSeconds: z.number().nonnegative(),
});
export type QueueSummary = z.infer<typeof queueSummary>;
export const queueList = z.strictObject({ items: z.array(queueSummary) });

/** A job that was given up; nothing of what is in it. */
export const failedJob = z.strictObject({
  id: z.string(),
  name: z.string(),
  tenantId: uuid().nullable(),
  attempts: z.int().nonnegative(),
  reason: z.string(),
  queuedAt: instant(),
  failedAt: instant().nullable(),
});
export type FailedJob = z.infer<typeof failedJob>;
export const failedJobPage = page(failedJob);

export const queueParams = z.strictObject({ queue: queueName });
export const jobParams = z.strictObject({ queue: queueName, jobId: text(1, 300) });

/** One process that runs a service, as it last told. */
export const instance = z.strictObject({
  service: queueName,
  id: uuid(),
  host: z.string(),
  version: z.string(),
  node: z.string(),
  startedAt: instant(),
  seenAt: instant(),
  /** What it needs and does not get; empty when all is well. */
  missing: z.array(z.string()),
  /** False when it has not told anything for half a minute. */
  alive: z.boolean(),
});
export type Instance = z.infer<typeof instance>;

export const platformHealth = z.strictObject({
  checkedAt: instant(),
  services: z.array(
    z.strictObject({
      service: queueName,
      status: z.enum(['ready', 'impaired', 'down', 'unknown']),
      instances: z.array(instance),
    }),
  ),
  redis: z.strictObject({
    reachable: z.boolean(),
    version: z.string().nullable(),
    usedBytes: z.number().nonnegative().nullable(),
    /** Null where it has no bound of its own. */
    mostBytes: z.number().nonnegative().nullable(),
    clients: z.int().nonnegative().nullable(),
    policy: z.string().nullable(),
  }),
});
export type PlatformHealth = z.infer<typeof platformHealth>;
