import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Takes all steps of the tenant's deadlines that are due. */
export const sendRemindersJob = defineJob('courses.reminder.send', z.strictObject({}));
