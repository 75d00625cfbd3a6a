import { hostname } from 'node:os';
import { port, url } from '#libs/config';
import { z } from 'zod';

const seconds = (least: number, byDefault: number) => z.coerce.number().int().min(least).default(byDefault);

export const operatorConfig = z.object({
  /** Where the operator's API is: the gateway. The admin host is sent as a header. */
  HARKA_URL: url('http', 'https').default('http://127.0.0.1:8080'),
  HARKA_BASE_DOMAIN: z.string().default('localhost'),
  HARKA_OPERATOR_TOKEN: z.string().min(1),
  /** Where the Lease is. */
  HARKA_OPERATOR_NAMESPACE: z.string().min(1).default('harka'),
  /** What the Lease calls this process. */
  HARKA_OPERATOR_IDENTITY: z.string().min(1).default(hostname()),
  /** How often the directory is read, in seconds. */
  HARKA_OPERATOR_POLL: seconds(1, 10),
  /** How often every Tenant is looked at again, whatever happened, in seconds. */
  HARKA_OPERATOR_RESYNC: seconds(10, 600),
  /** After how many seconds without a word a watch is opened anew. The server speaks every minute. */
  HARKA_OPERATOR_SILENCE: seconds(2, 150),
  /** How long a Lease holds, in seconds. */
  HARKA_OPERATOR_LEASE: seconds(3, 15),
  HARKA_INTERNAL_HOST: z.string().default('127.0.0.1'),
  HARKA_METRICS_PORT: port().default(9464),
  HARKA_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type OperatorConfig = z.infer<typeof operatorConfig>;
