import { Injectable } from '@nestjs/common';
import type { Shard } from '#libs/contracts/tenants';
import { ShardRepository } from './shard.repository.js';

@Injectable()
export class ListShards {
  constructor(private readonly shards: ShardRepository) {}

  execute(): Promise<Shard[]> {
    return this.shards.list();
  }
}
