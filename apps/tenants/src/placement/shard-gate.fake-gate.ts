import { ShardUnreachable } from '../shard/shard.errors.js';
import { ShardGate } from './shard-gate.js';
import type { Placement } from './placement.js';

export class FakeShardGate extends ShardGate {
  readonly admitted: string[] = [];
  closed = false;

  async admit({ tenantId, shard }: Placement): Promise<void> {
    if (this.closed) throw new ShardUnreachable(shard, 'closed on purpose');
    this.admitted.push(tenantId);
  }
}
