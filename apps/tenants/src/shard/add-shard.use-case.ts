import { Injectable } from '@nestjs/common';
import type { NewShard, Shard } from '#libs/contracts/tenants';
import { ShardProbe } from './shard-probe.js';
import { ShardRepository } from './shard.repository.js';

@Injectable()
export class AddShard {
  constructor(
    private readonly probe: ShardProbe,
    private readonly shards: ShardRepository,
  ) {}

  /** Connects first: a shard that cannot be used is never registered. @throws ShardUnreachable | ShardNotMigrated | ShardTaken */
  async execute(shard: NewShard): Promise<Shard> {
    await this.probe.check(shard.name, shard.url);
    return this.shards.register(shard);
  }
}
