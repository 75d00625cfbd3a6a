import { NoOpenShard } from './placement.errors.js';
import { PlacementRepository, type ChosenShard } from './placement.repository.js';
import type { Placement } from './placement.js';

/** Puts everybody on the first shard. */
export class FakePlacementRepository extends PlacementRepository {
  readonly rows = new Map<string, Placement>();

  constructor(
    private readonly shards: readonly ChosenShard[] = [
      { name: 'small-1', tier: 'small', url: 'postgres://h/s' },
    ],
  ) {
    super();
  }

  async of(tenantId: string): Promise<Placement | null> {
    return this.rows.get(tenantId) ?? null;
  }

  async choose(): Promise<ChosenShard> {
    const [shard] = this.shards;
    if (shard === undefined) throw new NoOpenShard('small');
    return shard;
  }

  async place(tenantId: string, { name, tier, url }: ChosenShard): Promise<Placement> {
    const placement = { tenantId, shard: name, tier, url, epoch: 1 };
    this.rows.set(tenantId, placement);
    return placement;
  }
}
