import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

export const tenantsConfig = z.object({
  /** Name servers that answer for the proofs of custom domains: `address` or `address:port`, by commas. Default: the system's. */
  HARKA_DNS_SERVERS: list.default([]),
});
export type TenantsConfig = z.infer<typeof tenantsConfig>;
