import type { NewShard, Shard } from '#libs/contracts/tenants';

export abstract class ShardRepository {
  /** By name, with their tenants counted. */
  abstract list(): Promise<Shard[]>;

  /** Registering the same shard again changes nothing. @throws ShardTaken when name or database is another shard's */
  abstract register(shard: NewShard): Promise<Shard>;
}
