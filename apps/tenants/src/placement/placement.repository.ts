import type { Placement } from './placement.js';

export abstract class PlacementRepository {
  abstract of(tenantId: string): Promise<Placement | null>;

  /**
   * Chooses the shard for a tenant of the expected size, by the placement rule, and keeps the choice.
   * @throws NoDedicatedShard | NoOpenShard
   */
  abstract choose(tenantId: string, expectedUsers: number): Promise<ChosenShard>;

  abstract place(tenantId: string, shard: ChosenShard): Promise<Placement>;
}

export interface ChosenShard {
  readonly name: string;
  readonly tier: Placement['tier'];
  readonly url: string;
}
