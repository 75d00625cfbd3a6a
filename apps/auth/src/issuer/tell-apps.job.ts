import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Tells one app that one session is over. */
export const tellAppsJob = defineJob(
  'auth.app.tell',
  z.strictObject({ sessionId: z.uuid(), appId: z.uuid() }),
);
