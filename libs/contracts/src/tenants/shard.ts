import { z } from 'zod';
import { tier } from '../index.js';

const shardState = z.enum(['open', 'closed', 'draining', 'gone']);

export const shard = z.strictObject({
  name: z.string(),
  tier,
  /** Without credentials. */
  url: z.string(),
  /** Only an `open` shard is given new tenants. */
  state: shardState,
  tenants: z.int().nonnegative(),
  /** Active users of all its tenants at the last count. */
  users: z.int().nonnegative(),
});
export type Shard = z.infer<typeof shard>;
export const shardList = z.strictObject({ items: z.array(shard) });

/** What a shard says of itself now; null where it does not answer. */
export const shardLoad = z.strictObject({
  name: z.string(),
  reachable: z.boolean(),
  bytes: z.number().nonnegative().nullable(),
  connections: z.int().nonnegative().nullable(),
  mostConnections: z.int().nonnegative().nullable(),
  /** Since somebody last looked; null the first time. */
  transactionsPerSecond: z.number().nonnegative().nullable(),
  version: z.string().nullable(),
});
export type ShardLoad = z.infer<typeof shardLoad>;
export const shardLoadList = z.strictObject({ items: z.array(shardLoad) });

export const newShard = z.strictObject({
  name: z
    .string()
    .max(63)
    .regex(/^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/, 'a shard name has a-z, 0-9, inner hyphens and underscores'),
  tier,
  url: z
    .string()
    .max(500)
    .refine(isBareUrl, 'a postgres:// URL with a database and without credentials is expected'),
});
export type NewShard = z.output<typeof newShard>;

function isBareUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname } = new URL(text);
  return /^postgres(?:ql)?:$/.test(protocol) && username === '' && password === '' && pathname.length > 1;
}
