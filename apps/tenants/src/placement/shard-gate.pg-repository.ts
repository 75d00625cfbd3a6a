import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/kernel';
import { ShardControl, ShardDirectory } from '#libs/sharding';
import { ShardUnreachable } from '../shard/shard.errors.js';
import { ShardGate } from './shard-gate.js';
import type { Placement } from './placement.js';

@Injectable()
export class PgShardGate extends ShardGate {
  constructor(
    private readonly directory: ShardDirectory,
    private readonly control: ShardControl,
  ) {
    super();
  }

  async admit({ tenantId, shard, epoch }: Placement): Promise<void> {
    // The tenant, and perhaps the shard, are new: this process learns of both before it uses them.
    await this.directory.refresh(tenantId);
    try {
      await this.control.admitTenant(shard, tenantId, epoch);
    } catch (error) {
      if (error instanceof DomainError) throw new ShardUnreachable(shard, error.message, error);
      throw error;
    }
  }
}
