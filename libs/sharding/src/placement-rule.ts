import { createHash } from 'node:crypto';
import type { Tier } from '#libs/contracts';

export interface TierThresholds {
  /** The largest size of the tier. */
  readonly small: number;
  readonly medium: number;
  /**
   * How far below a boundary a tenant must shrink before it counts as the smaller tier again: without it one that
   * sways about the boundary would move to and fro.
   */
  readonly hysteresis: number;
}

export const defaultThresholds: TierThresholds = { small: 100, medium: 1_000, hysteresis: 0.2 };

function tierBySize(size: number, { small, medium }: { small: number; medium: number }): Tier {
  if (size <= small) return 'small';
  return size <= medium ? 'medium' : 'dedicated';
}

const ORDER: readonly Tier[] = ['small', 'medium', 'dedicated'];

/** The tier for a tenant of `size` users that is in tier `current`, if it is placed yet. */
export function tierOf(size: number, current?: Tier, thresholds: TierThresholds = defaultThresholds): Tier {
  const { small, medium, hysteresis } = thresholds;
  const tier = tierBySize(size, thresholds);
  if (current === undefined || ORDER.indexOf(tier) >= ORDER.indexOf(current)) return tier;
  const lowered = { small: small * (1 - hysteresis), medium: medium * (1 - hysteresis) };
  const reached = tierBySize(size, lowered);
  return ORDER.indexOf(reached) < ORDER.indexOf(current) ? reached : current;
}

function weight(tenantId: string, shard: string): bigint {
  return createHash('sha256').update(`${shard}\0${tenantId}`).digest().readBigUInt64BE();
}

/**
 * The shard of `pool` for a tenant, by rendezvous hashing: every shard bids, the highest bid wins. A shard that is added
 * takes only the tenants that it wins; nobody else moves. Undefined for an empty pool.
 */
export function rendezvous(tenantId: string, pool: readonly string[]): string | undefined {
  let winner: { shard: string; bid: bigint } | undefined;
  for (const shard of pool) {
    const bid = weight(tenantId, shard);
    if (winner === undefined || bid > winner.bid || (bid === winner.bid && shard < winner.shard)) {
      winner = { shard, bid };
    }
  }
  return winner?.shard;
}

/** The shard for a new tenant: the open shards of the tier bid for it. */
export function placeTenant(
  tenantId: string,
  tier: Tier,
  shards: readonly { readonly name: string; readonly tier: Tier; readonly state: string }[],
): string | undefined {
  const open = shards.filter((shard) => shard.tier === tier && shard.state === 'open');
  return rendezvous(
    tenantId,
    open.map(({ name }) => name),
  );
}
