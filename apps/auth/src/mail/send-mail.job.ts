import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Sends one mail of the tenant's outbox. */
export const sendMailJob = defineJob('auth.mail.send', z.strictObject({ mailId: z.uuid() }));
