import { oneReading, type ServiceMetrics } from '#libs/metrics';
import type { RelayDatabase } from '#libs/sharding';
import type { Counter, Gauge } from 'prom-client';
import type { Logger } from 'pino';

/** Counted up to a bound: a backlog that large is told apart from a small one, not from a larger one. */
const BACKLOG = `
  SELECT count(*)::float8 AS pending,
         coalesce(extract(epoch FROM clock_timestamp() - min(stored_at)), 0)::float8 AS oldest_seconds
    FROM (SELECT stored_at FROM events.outbox_pending LIMIT 100000) AS backlog`;

export interface RelayBacklog {
  readonly shard: string;
  readonly pending: number;
  readonly oldestSeconds: number;
  /** False when the shard did not answer. */
  readonly reachable: boolean;
}

/** What each shard has stored and not yet published. */
export async function relayBacklog(relay: RelayDatabase): Promise<RelayBacklog[]> {
  const shards = await relay.eachShard();
  return Promise.all(
    shards.map(async ({ name: shard }) => {
      try {
        const [row] = await relay.query<{ pending: number; oldest_seconds: number }>(shard, BACKLOG);
        return {
          shard,
          pending: row?.pending ?? 0,
          oldestSeconds: row?.oldest_seconds ?? 0,
          reachable: true,
        };
      } catch {
        return { shard, pending: 0, oldestSeconds: 0, reachable: false };
      }
    }),
  );
}

/** `<service>_relay_*`: how much was published, and how much waits. */
export class RelayMetrics {
  private readonly count: Counter;

  constructor(metrics: ServiceMetrics, relay: RelayDatabase, logger: Logger) {
    this.count = metrics.counter({ name: 'relay_published_total', help: 'Events published to the stream' });
    const read = oneReading(() => relayBacklog(relay));
    const collected = (number: (backlog: RelayBacklog) => number) => async (gauge: Gauge<'shard'>) => {
      try {
        for (const backlog of await read()) {
          if (backlog.reachable) gauge.set({ shard: backlog.shard }, number(backlog));
        }
      } catch (error) {
        logger.warn({ err: error }, 'the backlog of the relays is not known');
      }
    };
    metrics.gauge({
      name: 'relay_pending_events',
      help: 'Events that are stored and not yet published',
      labels: ['shard'],
      collect: collected(({ pending }) => pending),
    });
    metrics.gauge({
      name: 'relay_oldest_pending_seconds',
      help: 'Age of the oldest event that is stored and not yet published',
      labels: ['shard'],
      collect: collected(({ oldestSeconds }) => oldestSeconds),
    });
  }

  published(events: number): void {
    this.count.inc(events);
  }
}
