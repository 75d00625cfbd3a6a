import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { cloudEventOf } from './cloud-event.js';
import type { StoredEvent } from './stored-event.js';

export const STREAM = 'harka:events';
/** About so many of the latest events stay in the stream; all of them stay in the store. */
const KEPT = 10_000;
/** Below the time-out that a service's commands have. */
const BLOCK_MS = 2_000;

/** What was published: an event's place, and the whole as CloudEvents JSON in `event`. */
export interface Published {
  readonly tenantId: string;
  readonly type: string;
}

/** Publishes in the order given. Resolves to how many Redis took before it refused one. */
export async function publish(redis: Redis, events: readonly StoredEvent[]): Promise<number> {
  const batch = redis.pipeline();
  for (const event of events) {
    const { tenantId, position, id, type } = event;
    const fields = { tenant: tenantId, position, id, type, event: JSON.stringify(cloudEventOf(event)) };
    batch.xadd(STREAM, 'MAXLEN', '~', KEPT, '*', ...Object.entries(fields).flat());
  }
  const answers = (await batch.exec()) ?? [];
  const refused = answers.findIndex(([error]) => error !== null);
  return refused === -1 ? answers.length : refused;
}

/** Calls `hear` for what is published from now on, until `stop`. What was missed while Redis was away stays missed. */
export class StreamListener {
  private readonly stopping = new AbortController();
  private connection: Redis | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly redis: Redis,
    private readonly hear: (published: readonly Published[]) => void,
  ) {}

  start(): void {
    // A blocked connection can do nothing else, so this one is its own.
    this.connection = this.redis.duplicate({ maxRetriesPerRequest: null });
    this.connection.on('error', () => undefined);
    this.reading = this.read(this.connection);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.connection?.disconnect();
    await this.reading;
  }

  private async read(connection: Redis): Promise<void> {
    const { signal } = this.stopping;
    for (let last = '$'; !signal.aborted;) {
      try {
        const answer = await connection.xread('COUNT', 500, 'BLOCK', BLOCK_MS, 'STREAMS', STREAM, last);
        const entries = answer?.[0]?.[1] ?? [];
        last = entries.at(-1)?.[0] ?? last;
        if (entries.length > 0) this.hear(entries.map(([, fields]) => publishedOf(fields)));
      } catch {
        // The connection comes back by itself; without it there is nothing to hear.
        await delay(500, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

function publishedOf(fields: readonly string[]): Published {
  const at = (name: string) => fields[fields.indexOf(name) + 1] ?? '';
  return { tenantId: at('tenant'), type: at('type') };
}
