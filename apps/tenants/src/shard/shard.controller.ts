import { Controller } from '@nestjs/common';
import { addShard, listShardLoads, listShards, type Shard, type ShardLoad } from '#libs/contracts/tenants';
import { Endpoint, Input, type InputOf } from '#libs/service';
import { AddShard } from './add-shard.use-case.js';
import { ListShardLoads } from './shard-loads.read-model.js';
import { ListShards } from './list-shards.use-case.js';

@Controller()
export class ShardController {
  constructor(
    private readonly all: ListShards,
    private readonly loads: ListShardLoads,
    private readonly adding: AddShard,
  ) {}

  @Endpoint(listShards)
  async list(): Promise<{ items: Shard[] }> {
    return { items: await this.all.execute() };
  }

  @Endpoint(listShardLoads)
  async load(): Promise<{ items: ShardLoad[] }> {
    return { items: await this.loads.execute() };
  }

  @Endpoint(addShard)
  add(@Input() { body }: InputOf<typeof addShard>): Promise<Shard> {
    return this.adding.execute(body);
  }
}
