import type { Redis } from 'ioredis';

/** Heard by the relays: ids of tenants with new events, separated by spaces. */
export const HINT_CHANNEL = 'harka:events:pending';
const GATHER_MS = 10;

/** Tells the relays that a tenant has events to publish. Only a hint: the relays also look by themselves. */
export abstract class OutboxHint {
  abstract give(tenantId: string): void;
}

/** Hints over Redis, gathered for a moment so that a busy service sends few messages. */
export class RedisOutboxHint extends OutboxHint {
  private readonly gathered = new Set<string>();

  constructor(private readonly redis: Redis) {
    super();
  }

  give(tenantId: string): void {
    if (this.gathered.size === 0) setTimeout(() => void this.send(), GATHER_MS).unref();
    this.gathered.add(tenantId);
  }

  private async send(): Promise<void> {
    const tenantIds = [...this.gathered].join(' ');
    this.gathered.clear();
    if (this.redis.status !== 'ready') return;
    // A lost hint costs the wait until the relay's next look.
    await this.redis.publish(HINT_CHANNEL, tenantIds).catch(() => undefined);
  }
}
