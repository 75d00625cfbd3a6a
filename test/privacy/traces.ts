import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processEnvironment } from '#libs/config';
import { Redis } from 'ioredis';
import pg from 'pg';
import { testPlatform } from '../support/platform.js';

/** `schema.table` of every table that is ours, wherever it lies. */
const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name,
         EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') AS "isOfTenants"
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_%'
   ORDER BY 1`;

/** Which of them turn for themselves, whoever is erased; the directory's keys follow those of auth a moment later. */
const RESTLESS =
  /^(events\.(checkpoints|counters|outbox_pending|relay_lease|erasures)|insights\.(gauges|usage_days|activity)|auth\.(erasures|erasure_parts)|entitlements\.|directory\.(tenant_pulses|api_keys))/;

/** Runs work on each database, as who sees all rows. */
async function onEachDatabase(work: (client: pg.Client, tables: Table[]) => Promise<void>): Promise<void> {
  const { directoryUrl, shards } = testPlatform();
  for (const url of [directoryUrl, ...shards.map((shard) => shard.url)]) {
    const client = new pg.Client(url);
    await client.connect();
    try {
      await work(client, (await client.query<Table>(TABLES)).rows);
    } finally {
      await client.end();
    }
  }
}

interface Table {
  readonly name: string;
  readonly isOfTenants: boolean;
}

/** The tables that have a word in any column of any row, as text, JSON or whatever else. */
export async function tablesWith(word: string): Promise<string[]> {
  const found = new Set<string>();
  await onEachDatabase(async (client, tables) => {
    for (const { name } of tables) {
      const { rows } = await client.query<{ n: number }>(
        `SELECT count(*)::integer AS n FROM ${name} AS t WHERE t::text ILIKE '%' || $1 || '%'`,
        [word],
      );
      if ((rows[0]?.n ?? 0) > 0) found.add(name);
    }
  });
  return [...found].sort();
}

/**
 * The rows of a tenant that mention none of the words, each as `table digest`. How far in the log a read model's row has
 * come says nothing about anybody: whoever loses his manager is heard of anew, in models that have no manager too.
 */
export async function rowsWithout(tenantId: string, words: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  await onEachDatabase(async (client, tables) => {
    for (const { name } of tables.filter((table) => table.isOfTenants && !RESTLESS.test(table.name))) {
      const { rows } = await client.query<{ digest: string }>(
        `SELECT md5(${name.startsWith('events.') ? 't::text' : "(to_jsonb(t) - 'position')::text"}) AS digest FROM ${name} AS t
          WHERE t.tenant_id = $1 AND NOT (t::text ILIKE ANY (SELECT '%' || w || '%' FROM unnest($2::text[]) AS w))`,
        [tenantId, words],
      );
      for (const { digest } of rows) found.add(`${name} ${digest}`);
    }
  });
  return found;
}

/** The keys of Redis that have a word in their names or values. */
export async function keysWith(word: string): Promise<string[]> {
  const redis = new Redis(platformRedisUrl());
  const found: string[] = [];
  try {
    for (let cursor = '0'; ;) {
      const [next, keys] = await redis.scan(cursor, 'COUNT', 500);
      for (const key of keys) {
        if (`${key} ${await valueOf(redis, key)}`.toLowerCase().includes(word)) found.push(key);
      }
      if (next === '0') return found.sort();
      cursor = next;
    }
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'string':
      return (await redis.getBuffer(key))?.toString('latin1') ?? '';
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, 0, -1));
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    default:
      return '';
  }
}

/** The platform's own folders: what servers of databases keep beside them is theirs to write over. */
const FOLDERS = ['outbox', 'media', 'logs'];

/** The files of the data folder that have a word in their names or contents. */
export async function filesWith(word: string): Promise<string[]> {
  const { dataDir } = testPlatform();
  const found: string[] = [];
  for (const folder of FOLDERS) {
    const entries = await readdir(join(dataDir, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries.filter((each) => each.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const content = await readFile(path, 'latin1').catch(() => '');
      // Quoted-printable letters break their lines where they like.
      const text = `${path} ${content} ${content.replaceAll(/=\r?\n/g, '')}`;
      if (text.toLowerCase().includes(word)) found.push(path.slice(dataDir.length + 1));
    }
  }
  return found.sort();
}

/** Runs statements on a shard as its owner: for what a person leaves only by way of another system. */
export async function plant(
  shard: string,
  statements: readonly (readonly [sql: string, values: readonly unknown[]])[],
): Promise<void> {
  await onShard(shard, async (client) => {
    for (const [sql, values] of statements) await client.query(sql, [...values]);
  });
}

/** The tenant that a person is of. */
export async function tenantOf(shard: string, userId: string): Promise<string> {
  return onShard(shard, async (client) => {
    const { rows } = await client.query<{ tenantId: string }>(
      'SELECT tenant_id AS "tenantId" FROM auth.users WHERE id = $1',
      [userId],
    );
    return rows[0]?.tenantId ?? '';
  });
}

/** Mails of a tenant that have not left yet, and projections that have not come to the end. */
export async function unfinished(shard: string, tenantId: string): Promise<number> {
  return onShard(shard, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM auth.mails WHERE tenant_id = $1 AND sent_at IS NULL)::integer
            + (SELECT count(*) FROM events.outbox_pending WHERE tenant_id = $1)::integer
            + (SELECT count(*) FROM events.checkpoints k JOIN events.counters c USING (tenant_id)
                WHERE k.tenant_id = $1 AND (k.position < c.position OR k.status <> 'active'))::integer AS n`,
      [tenantId],
    );
    return rows[0]?.n ?? 0;
  });
}

/** Projections of a tenant that are being built anew. */
export async function replaying(shard: string, tenantId: string): Promise<number> {
  return onShard(shard, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM events.checkpoints WHERE tenant_id = $1 AND status <> 'active'`,
      [tenantId],
    );
    return rows[0]?.n ?? 0;
  });
}

async function onShard<R>(shard: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client(testPlatform().shards.find(({ name }) => name === shard)?.url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function platformRedisUrl(): string {
  const url = processEnvironment()['HARKA_TEST_PLATFORM_REDIS_URL'];
  if (url === undefined || url === '') {
    throw new Error('HARKA_TEST_PLATFORM_REDIS_URL is not set: run these tests with "npm test".');
  }
  return url;
}
