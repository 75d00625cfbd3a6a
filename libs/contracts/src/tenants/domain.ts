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

/** What DNS says about a domain, and what it should say. Looking changes the domain as verifying does. */
export const domainCheck = z.strictObject({
  domain,
  /** False when the name servers did not answer; then nothing is known. */
  answered: z.boolean(),
  /** The proof that the domain is the academy's. */
  proof: z.strictObject({ found: z.boolean(), records: z.array(z.string()) }),
  /** Whether the name leads to the academy: its CNAME. */
  routing: z.strictObject({ expected: z.string(), found: z.boolean(), records: z.array(z.string()) }),
});
export type DomainCheck = z.infer<typeof domainCheck>;

export const domainList = z.strictObject({ items: z.array(domain) });
export const newDomain = z.strictObject({ host: hostName() });
export const domainParams = z.strictObject({ host: hostName() });
