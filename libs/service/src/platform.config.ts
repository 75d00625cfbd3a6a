import { flag, jsonOf, port, secret32, url } from '#libs/config';
import { serviceKey } from '#libs/tenancy';
import { z } from 'zod';

const databasePasswords = z.object({
  harka_app: z.string().min(1),
  harka_relay: z.string().min(1).optional(),
  harka_control: z.string().min(1).optional(),
  harka_router: z.string().min(1),
  harka_auth: z.string().min(1).optional(),
});

/** What every service needs. `HARKA_<SERVICE>_URL` says where the others are, `HARKA_<SERVICE>_PORT` where it listens itself. */
export const platformConfig = z.object({
  /** Host, port and name of the directory database; a login in it is not used by services. */
  HARKA_DIRECTORY_URL: url('postgres', 'postgresql'),
  /** The passwords of the database roles that this process may use. */
  HARKA_DATABASE_PASSWORDS: jsonOf(databasePasswords),
  HARKA_REDIS_URL: url('redis', 'rediss'),
  HARKA_SERVICE_KEYS: jsonOf(z.array(serviceKey)),
  HARKA_MASTER_KEY: secret32(),
  /** There is one way to run: many tenants. Who asks for another is told at the start. */
  TENANT_MODE: z.literal('multi').default('multi'),
  HARKA_BASE_DOMAIN: z.string().default('localhost'),
  /** Where services listen inside: loopback on a laptop, all interfaces in a pod. */
  HARKA_INTERNAL_HOST: z.string().default('127.0.0.1'),
  HARKA_DATA_DIR: z.string().default('.harka'),
  HARKA_DEMO: flag().default(false),
  HARKA_METRICS_PORT: port().default(9464),
  HARKA_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Most connections that one process opens to one shard. */
  HARKA_SHARD_CONNECTIONS: z.coerce.number().int().min(1).default(8),
  HARKA_TENANTS_URL: url('http').default('http://127.0.0.1:3001'),
  HARKA_AUTH_URL: url('http').default('http://127.0.0.1:3002'),
  HARKA_COURSES_URL: url('http').default('http://127.0.0.1:3003'),
  HARKA_MEDIA_URL: url('http').default('http://127.0.0.1:3004'),
  HARKA_INSIGHTS_URL: url('http').default('http://127.0.0.1:3005'),
  HARKA_TENANTS_PORT: port().default(3001),
  HARKA_AUTH_PORT: port().default(3002),
  HARKA_COURSES_PORT: port().default(3003),
  HARKA_MEDIA_PORT: port().default(3004),
  HARKA_INSIGHTS_PORT: port().default(3005),
  /** The public door. */
  HARKA_PORT: port().default(8080),
  HARKA_HOST: z.string().default('127.0.0.1'),
  /** Answers are checked against their contract, and a mismatch is a 500: for tests. */
  HARKA_CHECK_RESPONSES: flag().default(false),
});

/** Injectable: the parsed `platformConfig`. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-extraneous-class -- an injection token that has the type of what is injected
export abstract class PlatformConfig {}
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type -- its other half
export interface PlatformConfig extends z.infer<typeof platformConfig> {}
