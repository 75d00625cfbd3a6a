import { z } from 'zod';
import { defineEvent, plan, tier } from '../index.js';
import { brandColors, tenantSettings } from './tenant.js';

const host = z.strictObject({ host: z.string() });

export const tenantCreated = defineEvent(
  'tenants.tenant.created',
  z.strictObject({ slug: z.string(), name: z.string(), plan, tier, shard: z.string() }),
);
export const tenantSuspended = defineEvent(
  'tenants.tenant.suspended',
  z.strictObject({ reason: z.string() }),
);
export const tenantResumed = defineEvent(
  'tenants.tenant.resumed',
  z.strictObject({ reason: z.string().optional() }),
);
export const tenantPlanChanged = defineEvent(
  'tenants.tenant.plan_changed',
  z.strictObject({ from: plan, to: plan, reason: z.string().optional() }),
);
/** The whole brand after the change; pictures by digest, null where there is none. */
export const brandingChanged = defineEvent(
  'tenants.branding.changed',
  z.strictObject({
    name: z.string(),
    ...brandColors.shape,
    logo: z.string().nullable(),
    favicon: z.string().nullable(),
  }),
);
export const settingsChanged = defineEvent('tenants.settings.changed', tenantSettings);
export const domainAdded = defineEvent('tenants.domain.added', host);
export const domainVerified = defineEvent('tenants.domain.verified', host);
export const domainLapsed = defineEvent('tenants.domain.lapsed', host);
export const domainRemoved = defineEvent('tenants.domain.removed', host);
