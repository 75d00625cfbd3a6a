import { url } from '#libs/config';
import { z } from 'zod';

export const cliConfig = z.object({
  /** Where the platform listens. The host of the operator's API is sent as a header, so a name that does not resolve is no hindrance. */
  HARKA_URL: url('http', 'https').default('http://127.0.0.1:8080'),
  HARKA_BASE_DOMAIN: z.string().default('localhost'),
  /** Default: the one in `<HARKA_DATA_DIR>/secrets.json`. */
  HARKA_OPERATOR_TOKEN: z.string().min(1).optional(),
  HARKA_DATA_DIR: z.string().default('.harka'),
});
export type CliConfig = z.infer<typeof cliConfig>;
