import type { ServiceMetrics } from '#libs/metrics';
import type { RelayDatabase } from '#libs/sharding';
import type { Gauge } from 'prom-client';

/** Ids and positions only, as harka_relay may see them over all tenants. */
const BEHIND = `
  SELECT c.tenant_id AS "tenantId", c.position::float8 AS head, coalesce(k.position, 0)::float8 AS position,
         coalesce(k.status, 'active') AS status, k.failure
    FROM events.counters c
    LEFT JOIN events.checkpoints k ON k.tenant_id = c.tenant_id AND k.id = $1
   WHERE c.position > coalesce(k.position, 0) OR k.status <> 'active'
   ORDER BY c.position - coalesce(k.position, 0) DESC LIMIT 10000`;

const KNOWN = `SELECT id AS projection, count(*)::float8 AS tenants FROM events.checkpoints GROUP BY id`;

/** A projection of a tenant that is not up to date. */
export interface Behind {
  readonly tenantId: string;
  readonly shard: string;
  readonly head: number;
  readonly position: number;
  readonly status: 'active' | 'replaying' | 'parked';
  readonly failure: string | null;
}

/** How far projections have come, over all tenants of all shards. */
export class ProjectionLag {
  private readonly lag: Gauge<'projection'> | undefined;
  private readonly parked: Gauge<'projection'> | undefined;

  constructor(
    private readonly relay: RelayDatabase,
    metrics?: ServiceMetrics,
  ) {
    this.lag = metrics?.gauge({
      name: 'projection_lag_events',
      help: 'Events that are stored and not yet applied, over all tenants, at the last sweep',
      labels: ['projection'],
    });
    this.parked = metrics?.gauge({
      name: 'projection_parked_tenants',
      help: 'Tenants in which the projection has met an event that it cannot apply',
      labels: ['projection'],
    });
  }

  /** Those that are behind, the furthest first. A shard that does not answer counts as up to date. */
  async behind(projection: string): Promise<Behind[]> {
    const shards = await this.relay.eachShard();
    const perShard = await Promise.allSettled(
      shards.map(async ({ name: shard }) => {
        const rows = await this.relay.query<Omit<Behind, 'shard'>>(shard, BEHIND, [projection]);
        return rows.map((row) => ({ ...row, shard }));
      }),
    );
    const behind = perShard.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    this.lag?.set({ projection }, lagOf(behind));
    this.parked?.set({ projection }, behind.filter(({ status }) => status === 'parked').length);
    return behind.sort((a, b) => lagOf([b]) - lagOf([a]));
  }

  /** Every projection that has a checkpoint anywhere, with the number of its tenants. */
  async known(): Promise<ReadonlyMap<string, number>> {
    const tenants = new Map<string, number>();
    for (const { name } of await this.relay.eachShard()) {
      for (const row of await this.relay.query<{ projection: string; tenants: number }>(name, KNOWN)) {
        tenants.set(row.projection, (tenants.get(row.projection) ?? 0) + row.tenants);
      }
    }
    return tenants;
  }
}

/** Events that are stored and not yet applied. */
export function lagOf(behind: readonly Behind[]): number {
  return behind.reduce((sum, { head, position }) => sum + Math.max(0, head - position), 0);
}
