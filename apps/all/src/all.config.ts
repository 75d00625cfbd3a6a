import { flag, secret32 } from '#libs/config';
import { z } from 'zod';

export const allConfig = z.object({
  HARKA_DEMO: flag().default(false),
  /** The demo may be reached from outside, and so has passwords of its own. */
  HARKA_DEMO_PUBLIC: flag().default(false),
  /** Where the onboarding folders of the demo are. */
  HARKA_DEMO_FOLDER: z.string().default('deploy/demo'),
  HARKA_OPERATOR_TOKEN: z.string().min(16),
  HARKA_MASTER_KEY: secret32(),
  HARKA_BASE_DOMAIN: z.string().default('localhost'),
});
export type AllConfig = z.infer<typeof allConfig>;
