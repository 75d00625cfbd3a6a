import { z } from 'zod';

/** The service has no environment of its own yet; the platform's is enough. */
export const coursesConfig = z.object({});
