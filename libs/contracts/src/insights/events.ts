import { z } from 'zod';
import { defineEvent } from '../index.js';

/** An operator had a job that was given up put into its queue again. */
export const jobRetried = defineEvent(
  'insights.job.retried',
  z.strictObject({ queue: z.string(), job: z.string(), jobId: z.string() }),
);
/** An operator threw a job away that was given up. */
export const jobDiscarded = defineEvent(
  'insights.job.discarded',
  z.strictObject({ queue: z.string(), job: z.string(), jobId: z.string() }),
);

/** An operator has a read model of the tenant rebuilt from its events. */
export const projectionReplayOrdered = defineEvent(
  'insights.projection.replay_ordered',
  z.strictObject({ projection: z.string() }),
);
