import { flag, jsonOf, port, url } from '#libs/config';
import { z } from 'zod';

/** What the process beside an HAProxy needs: the directory as a router reads it, and the files that the two share. */
export const haproxyConfig = z.object({
  HARKA_DIRECTORY_URL: url('postgres', 'postgresql'),
  HARKA_DATABASE_PASSWORDS: jsonOf(z.object({ harka_router: z.string().min(1) })),
  HARKA_BASE_DOMAIN: z.string().default('localhost'),
  /** HAProxy's administrative socket. */
  HARKA_EDGE_SOCKET: z.string().default('/run/harka-edge/admin.sock'),
  /** The folder of hosts.map, limits.map and pools.map; HAProxy reads them when it starts. */
  HARKA_EDGE_MAPS: z.string().default('/run/harka-edge/maps'),
  /** The folder of the certificates of custom domains, as HAProxy reads it; absent: it has none of them. */
  HARKA_EDGE_DOMAIN_CERTS: z.string().optional(),
  /** Where those certificates come from: a folder with `<name>.pem`, or `<name>.crt` beside `<name>.key`. */
  HARKA_EDGE_CERT_SOURCE: z.string().optional(),
  /** How many HAProxies share the requests; each grants its part. */
  HARKA_EDGE_REPLICAS: z.coerce.number().int().min(1).max(1_000).default(1),
  /** Requests in ten seconds that an academy has besides a minute of its plan: pages and their files. */
  HARKA_EDGE_HOST_RATE: z.coerce.number().int().min(1).default(5_000),
  /** Writes the files and ends: before HAProxy starts. */
  HARKA_EDGE_ONCE: flag().default(false),
  HARKA_INTERNAL_HOST: z.string().default('127.0.0.1'),
  HARKA_METRICS_PORT: port().default(9464),
  HARKA_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type HaproxyConfig = z.infer<typeof haproxyConfig>;
