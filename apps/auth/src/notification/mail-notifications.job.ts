import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Puts everything that is to be mailed by now into the tenant's mail outbox. */
export const mailNotificationsJob = defineJob('auth.notification.mail', z.strictObject({}));
