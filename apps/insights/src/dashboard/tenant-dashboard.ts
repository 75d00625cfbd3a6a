import type { TenantAnalytics } from '#libs/contracts/insights';

/** Something that a plan limits: how much is used, and the most that may be; null means without limit. */
export interface Usage {
  readonly what: string;
  readonly used: number;
  readonly most: number | null;
}

const WARNING = 0.8;
const CRITICAL = 1;

/** Days without a trace of somebody after which he no longer counts as active. */
export const ACTIVE_DAYS = 30;

/** The worst of all usages decides; each that is at 80 % or more is named, the fullest first. */
export function healthOf(usages: readonly Usage[]): TenantAnalytics['health'] {
  const strained = usages
    .map((usage) => ({ ...usage, share: shareOf(usage) }))
    .filter(({ share }) => share >= WARNING)
    .sort((a, b) => b.share - a.share);
  const worst = strained[0]?.share ?? 0;
  return {
    status: worst >= CRITICAL ? 'critical' : worst >= WARNING ? 'warning' : 'healthy',
    issues: strained.map(({ what, share }) => `${what}: ${Math.floor(share * 100)} % of the plan is used`),
  };
}

function shareOf({ used, most }: Usage): number {
  if (most === null) return 0;
  return most === 0 ? Number(used > 0) : used / most;
}

/** The first day, as yyyy-mm-dd (UTC), of the days that count as now. */
export function activeSince(now: Date): string {
  return new Date(now.getTime() - (ACTIVE_DAYS - 1) * 24 * 3600 * 1000).toISOString().slice(0, 10);
}
