import { setTimeout as delay } from 'node:timers/promises';
import { personalFields } from '#libs/contracts';
import type { TenantDatabase } from '#libs/sharding';
import type { Redis } from 'ioredis';
import { STREAM } from './event-stream.js';

const ERASE = 'SELECT events.erase_person($1, $2::jsonb, $3::jsonb)::float8 AS events';

/** Nothing up to the position waits to be published any more. */
const PUBLISHED =
  'SELECT NOT EXISTS (SELECT FROM events.outbox_pending WHERE position <= $1) AS "isPublished"';

const PAGE = 1_000;
const MOST_LOOKS = 20;

/**
 * Takes what identifies a person out of the current tenant's log, in the transaction around it. Whoever reads the log
 * from then on, a replay too, finds nobody. Goes through all events of the tenant.
 */
export async function erasePersonFromLog(
  database: Pick<TenantDatabase, 'query'>,
  userId: string,
): Promise<number> {
  const { about, by } = personalFields;
  const [row] = await database.query<{ events: number }>(ERASE, [
    userId,
    JSON.stringify(about),
    JSON.stringify(by),
  ]);
  return row?.events ?? 0;
}

/** Whether the current tenant's events up to the position have all been given to the stream, now or in a moment. */
export async function isPublishedUpTo(
  database: Pick<TenantDatabase, 'query'>,
  position: number,
): Promise<boolean> {
  for (let looks = 1; ; looks += 1) {
    const [row] = await database.query<{ isPublished: boolean }>(PUBLISHED, [position]);
    if (row?.isPublished === true) return true;
    if (looks === MOST_LOOKS) return false;
    await delay(100);
  }
}

/** Events that mention a person, up to one of them. */
interface PublishedAbout {
  readonly tenantId: string;
  readonly userId: string;
  readonly before: number;
}

/** Takes published events out of the stream. They stay in the store. */
export async function forgetPublished(redis: Redis, about: PublishedAbout): Promise<number> {
  let forgotten = 0;
  for (let from = '-'; ;) {
    const entries = await redis.xrange(STREAM, from, '+', 'COUNT', PAGE);
    const theirs = entries.filter(([, fields]) => mentions(fields, about)).map(([id]) => id);
    if (theirs.length > 0) forgotten += await redis.xdel(STREAM, ...theirs);
    const last = entries.at(-1);
    if (last === undefined || entries.length < PAGE) return forgotten;
    from = `(${last[0]}`;
  }
}

function mentions(fields: readonly string[], { tenantId, userId, before }: PublishedAbout): boolean {
  const at = (name: string) => fields[fields.indexOf(name) + 1] ?? '';
  return at('tenant') === tenantId && Number(at('position')) < before && at('event').includes(userId);
}
