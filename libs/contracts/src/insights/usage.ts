import { z } from 'zod';

/** One thing that the plan limits. */
const usageOf = z.strictObject({
  limit: z.enum(['users', 'storageBytes', 'requestsPerMonth']),
  used: z.int().nonnegative(),
  /** Null: without limit. */
  most: z.int().nonnegative().nullable(),
});

/** What the academy uses of its plan. */
export const usage = z.strictObject({
  plan: z.string(),
  usages: z.array(usageOf),
  /** Requests that may be made in a minute; null without limit. */
  requestsPerMinute: z.int().nonnegative().nullable(),
});
export type Usage = z.infer<typeof usage>;

/** A day (UTC), yyyy-mm-dd. People and bytes are as they were last measured; null before the first measure. */
export const usageHistory = z.strictObject({
  days: z.array(
    z.strictObject({
      day: z.iso.date(),
      requests: z.int().nonnegative(),
      people: z.int().nonnegative().nullable(),
      activePeople: z.int().nonnegative().nullable(),
      storageBytes: z.int().nonnegative().nullable(),
    }),
  ),
});
export type UsageHistory = z.infer<typeof usageHistory>;

export const usageHistoryQuery = z.strictObject({ days: z.coerce.number().int().min(7).max(90).default(30) });
