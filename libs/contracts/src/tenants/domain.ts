import { z } from 'zod';
import { hostName, instant } from '../index.js';

/** `lapsed`: verified once, but the proof is gone from DNS; the host no longer leads to the tenant. */
const domainState = z.enum(['pending', 'verified', 'lapsed']);
export type DomainState = z.infer<typeof domainState>;

export const domain = z.strictObject({
  host: z.string(),
  kind: z.enum(['subdomain', 'custom']),
  state: domainState,
  /** The TXT record that proves a custom domain; null for the subdomain, which needs none. */
  proof: z.strictObject({ name: z.string(), type: z.literal('TXT'), value: z.string() }).nullable(),
  verifiedAt: instant().nullable(),
  lastCheckedAt: instant().nullable(),
  createdAt: instant(),
});
export type Domain = z.infer<typeof domain>;

export const domainList = z.strictObject({ items: z.array(domain) });
export const newDomain = z.strictObject({ host: hostName() });
export const domainParams = z.strictObject({ host: hostName() });
