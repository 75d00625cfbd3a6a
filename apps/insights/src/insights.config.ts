import { z } from 'zod';

/** Nothing of its own. */
export const insightsConfig = z.object({});
