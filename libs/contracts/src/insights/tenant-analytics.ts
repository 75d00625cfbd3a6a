import { z } from 'zod';
import { uuid } from '../index.js';

/** The dashboard of a tenant. Its shape is fixed; add nothing inside it. */
export const tenantAnalytics = z.strictObject({
  tenantId: uuid(),
  metrics: z.strictObject({
    /** Users who did something in the last 30 days. */
    activeUsers: z.int().nonnegative(),
    totalUsers: z.int().nonnegative(),
    coursesCompleted: z.int().nonnegative(),
    /** Mean over all enrolments, 0 to 1. */
    averageProgress: z.number().min(0).max(1),
    /** Of this calendar month (UTC). */
    apiUsage: z.strictObject({ requests: z.int().nonnegative(), quota: z.int().nonnegative() }),
    /** In bytes. */
    storage: z.strictObject({ used: z.int().nonnegative(), limit: z.int().nonnegative() }),
  }),
  health: z.strictObject({
    status: z.enum(['healthy', 'warning', 'critical']),
    issues: z.array(z.string()),
  }),
});
export type TenantAnalytics = z.infer<typeof tenantAnalytics>;
