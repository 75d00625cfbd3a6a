import { z } from 'zod';
import { defineEvent } from '../index.js';

/** An operator has a read model of the tenant rebuilt from its events. */
export const projectionReplayOrdered = defineEvent(
  'insights.projection.replay_ordered',
  z.strictObject({ projection: z.string() }),
);
