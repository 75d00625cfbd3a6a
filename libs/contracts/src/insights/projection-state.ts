import { z } from 'zod';
import { text, uuid } from '../index.js';

/** `service.noun` of a read model. */
export const projectionName = text(3, 100).regex(/^[a-z]+\.[a-z_]+$/, 'a projection is named service.noun');

/** How far the read models of one name have come over all tenants. */
export const projectionSummary = z.strictObject({
  projection: z.string(),
  tenants: z.int().nonnegative(),
  /** Events that are stored and not yet applied. */
  lag: z.int().nonnegative(),
  /** Those that are not up to date, the furthest behind first; at most 100. */
  behind: z.array(
    z.strictObject({
      tenantId: uuid(),
      shard: z.string(),
      status: z.enum(['active', 'replaying', 'parked']),
      position: z.int().nonnegative(),
      head: z.int().nonnegative(),
      /** Why it is parked: the kind of error, nothing of the tenant's data. */
      error: z.string().nullable(),
    }),
  ),
});
export type ProjectionSummary = z.infer<typeof projectionSummary>;

export const projectionOverview = z.strictObject({
  projections: z.array(projectionSummary),
  relays: z.array(
    z.strictObject({
      shard: z.string(),
      /** Events that are stored and not yet published. */
      pending: z.int().nonnegative(),
      oldestSeconds: z.number().nonnegative(),
      /** False when the shard could not be asked. */
      reachable: z.boolean(),
    }),
  ),
});
export type ProjectionOverview = z.infer<typeof projectionOverview>;

export const replayOrder = z.strictObject({ tenantId: uuid(), projection: projectionName });

export const replayAccepted = z.strictObject({
  tenantId: uuid(),
  projection: z.string(),
  status: z.literal('replaying'),
});
