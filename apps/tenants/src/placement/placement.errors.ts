import type { Tier } from '#libs/contracts';
import { DomainError } from '#libs/kernel';

export class NoDedicatedShard extends DomainError {
  constructor(users: number) {
    super(
      'unavailable',
      'placement.no_dedicated_shard',
      `A tenant of ${users} users gets a database of its own, and no dedicated shard is free. ` +
        'Create a database, add it to HARKA_SHARDS with tier "dedicated", run `harka migrate` and repeat this.',
    );
  }
}

export class NoOpenShard extends DomainError {
  constructor(tier: Tier) {
    super(
      'unavailable',
      'placement.no_open_shard',
      `No ${tier} shard is open. Add one to HARKA_SHARDS and run \`harka migrate\`, then repeat this.`,
    );
  }
}
