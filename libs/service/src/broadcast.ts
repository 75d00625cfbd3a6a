import {
  ClientProxyFactory,
  ServerRedis,
  Transport,
  type ClientProxy,
  type RedisOptions,
} from '@nestjs/microservices';
import { z } from 'zod';

/** What everyone must hear. Each is only a hint: whoever misses one finds out by polling. */
export const broadcasts = {
  'tenant.changed': z.strictObject({ tenantId: z.uuid() }),
  'session.revoked': z.strictObject({ tenantId: z.uuid().nullable(), sessionId: z.string() }),
  'api_key.revoked': z.strictObject({ prefix: z.string() }),
  'signing_key.rotated': z.strictObject({}),
} as const;

export type BroadcastTopic = keyof typeof broadcasts;
export type BroadcastPayload<T extends BroadcastTopic> = z.infer<(typeof broadcasts)[T]>;

/** Tells every replica of every service (Redis pub/sub by @nestjs/microservices); fire and forget. */
export abstract class Broadcast {
  abstract publish<T extends BroadcastTopic>(topic: T, payload: BroadcastPayload<T>): void;
  abstract subscribe<T extends BroadcastTopic>(topic: T, hear: (payload: BroadcastPayload<T>) => void): void;
}

type Hearer = (payload: never) => void;

export class RedisBroadcast extends Broadcast {
  readonly strategy: ServerRedis;
  private readonly client: ClientProxy;
  private readonly hearers = new Map<BroadcastTopic, Hearer[]>();

  constructor(
    options: Required<RedisOptions>['options'],
    private readonly failed: (error: unknown) => void,
  ) {
    super();
    const patient = { ...options, retryAttempts: Number.MAX_SAFE_INTEGER, retryDelay: 1_000 };
    this.client = ClientProxyFactory.create({ transport: Transport.REDIS, options: patient });
    this.strategy = new ServerRedis(patient);
    for (const topic of Object.keys(broadcasts) as BroadcastTopic[]) {
      this.strategy.addHandler(
        topic,
        async (payload: unknown) => {
          this.deliver(topic, payload);
        },
        true,
      );
    }
  }

  publish<T extends BroadcastTopic>(topic: T, payload: BroadcastPayload<T>): void {
    this.client.emit(topic, payload).subscribe({ error: this.failed });
  }

  subscribe<T extends BroadcastTopic>(topic: T, hear: (payload: BroadcastPayload<T>) => void): void {
    this.hearers.set(topic, [...(this.hearers.get(topic) ?? []), hear]);
  }

  /** Nest closes the listening side with its application; to close it twice is an error of the Redis client. */
  async close(): Promise<void> {
    await this.client.close();
  }

  private deliver(topic: BroadcastTopic, payload: unknown): void {
    const parsed = broadcasts[topic].safeParse(payload);
    if (!parsed.success) {
      this.failed(parsed.error);
      return;
    }
    for (const hear of this.hearers.get(topic) ?? []) hear(parsed.data as never);
  }
}
