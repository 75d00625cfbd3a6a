import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Begins everything anew of the tenant whose notice is due. */
export const renewEnrolmentsJob = defineJob('courses.renewal.run', z.strictObject({}));
