import { url } from '#libs/config';
import { outboundAllow } from '#libs/outbound';
import { z } from 'zod';

/** The environment that auth owns besides the platform's. */
export const authConfig = z.object({
  /** Cost of new password hashes; older ones are made again at the next sign-in. Below 12 is refused. */
  AUTH_BCRYPT_COST: z.coerce.number().int().min(12).max(15).default(12),
  /** Hashes at a time. libuv has four threads, which files and name look-ups need too. */
  AUTH_HASH_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  /** Hashes that may wait; what comes beyond is refused at once with 503. */
  AUTH_HASH_WAITING: z.coerce.number().int().min(1).default(100),
  /** What may be called on a tenant's word besides the public internet: `host:port` by commas. */
  HARKA_OUTBOUND_ALLOW: outboundAllow().default([]),
  /** Name servers that answer for proofs of e-mail domains: `address` or `address:port`, by commas. Default: the system's. */
  HARKA_DNS_SERVERS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .default([]),
  /** Without it, mails become files under `<HARKA_DATA_DIR>/outbox`. */
  HARKA_SMTP_URL: url('smtp', 'smtps').optional(),
  /** The address that mails come from; default `no-reply@<HARKA_BASE_DOMAIN>`. */
  HARKA_MAIL_FROM: z.email().optional(),
});
export type AuthConfig = z.infer<typeof authConfig>;
