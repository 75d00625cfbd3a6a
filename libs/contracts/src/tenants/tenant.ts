import { z } from 'zod';
import { email, hexColor, instant, page, plan, tenantStatus, text, tier, uuid } from '../index.js';

/** Labels under the base domain that the platform keeps for itself. */
const reservedSlugs = ['admin', 'api', 'auth', 'www', 'mail', 'static', 'content', 'status'] as const;

const uuidShape = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The tenant's label under the base domain (RFC 1035); never reserved and never shaped like an id. */
export const tenantSlug = z
  .string()
  .max(63)
  .regex(/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/, 'a slug starts with a letter; then a-z, 0-9 and inner hyphens')
  .refine((value) => !(reservedSlugs as readonly string[]).includes(value), 'this slug is reserved')
  .refine((value) => !uuidShape.test(value), 'a slug does not look like an id');

export const tenantName = text(1, 200);

/** Who may register: only the invited, anyone, or anyone with an address of `emailDomains`. */
export const registrationPolicy = z.enum(['invite', 'open', 'domain']);
export type RegistrationPolicy = z.infer<typeof registrationPolicy>;

/** A BCP 47 tag: `en`, `de-AT`. */
export const locale = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or de-AT is expected');

const emailDomain = z
  .string()
  .max(253)
  .toLowerCase()
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    'a domain such as example.org is expected',
  );

export const tenantSettings = z.strictObject({
  registration: registrationPolicy,
  /** Lower-case domains; asked for when `registration` is `domain`. */
  emailDomains: z.array(emailDomain).max(50),
  locale,
  /** The name that mails come from; null or absent: the academy's own. */
  mailSender: text(1, 100).nullable().optional(),
  /** Where answers to mails go; null or absent: nowhere. */
  mailReplyTo: email().nullable().optional(),
});
export type TenantSettings = z.infer<typeof tenantSettings>;

/** The two colours of a brand. White text must be readable on each (WCAG AA, 4.5:1). */
export const brandColors = z.strictObject({
  /** Buttons, links, progress. */
  primaryColor: hexColor(),
  /** Headings, header and footer. */
  secondaryColor: hexColor(),
});
export type BrandColors = z.infer<typeof brandColors>;

/** How a tenant is, as it was last measured: a few seconds after a change, and once a day. */
export const tenantPulse = z.strictObject({
  activeUsers: z.int().nonnegative(),
  storageBytes: z.int().nonnegative(),
  /** When one of its people last did something that was written down. */
  lastActiveAt: instant().nullable(),
  health: z.enum(['healthy', 'warning', 'critical']),
  issues: z.array(z.string()),
  measuredAt: instant(),
});
export type TenantPulse = z.infer<typeof tenantPulse>;

/** A tenant as the platform's operator sees it. */
export const operatorTenant = z.strictObject({
  id: uuid(),
  slug: z.string(),
  name: z.string(),
  plan,
  status: tenantStatus,
  /** Active users at the last count. */
  size: z.int().nonnegative(),
  tier,
  shard: z.string(),
  /** Grows with every move; a router that knows an older one is refused by the shard. */
  epoch: z.int().positive(),
  /** The host to link to: a verified custom domain if there is one, else the subdomain. */
  host: z.string(),
  /** Null before the first measure. */
  pulse: tenantPulse.nullable(),
  createdAt: instant(),
  updatedAt: instant(),
});
export type OperatorTenant = z.infer<typeof operatorTenant>;
export const operatorTenantPage = page(operatorTenant);

export const newTenant = z.strictObject({
  slug: tenantSlug,
  name: tenantName,
  plan,
  /** How many users are expected; with it the tier is chosen. */
  expectedUsers: z.int().min(0).max(10_000_000).default(0),
  branding: brandColors.optional(),
  settings: tenantSettings.partial().optional(),
});
