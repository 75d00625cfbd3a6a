import { defineJob } from '#libs/queue';
import { z } from 'zod';

/** Takes an import some steps further. It may be queued twice: whoever comes takes the next rows. */
export const advanceImportJob = defineJob('auth.user_import.advance', z.object({ importId: z.uuid() }));
