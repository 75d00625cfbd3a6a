import { OWNER, withoutLogin } from '#libs/database';
import { Client } from 'pg';
import type { ShardToMigrate } from './migrator.config.js';

/**
 * Writes the shards into the directory, without their logins. What an operator set (closed, draining) stays.
 * Returns the shards that the directory knows and this list does not.
 */
export async function registerShards(
  directoryUrl: string,
  shards: readonly ShardToMigrate[],
): Promise<string[]> {
  const client = new Client({ connectionString: directoryUrl, options: `-c role=${OWNER}` });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO directory.shards AS known (name, tier, url)
       SELECT name, tier, url FROM unnest($1::text[], $2::text[], $3::text[]) AS given (name, tier, url)
       ON CONFLICT (name) DO UPDATE SET tier = excluded.tier, url = excluded.url
         WHERE (known.tier, known.url) IS DISTINCT FROM (excluded.tier, excluded.url)`,
      [
        shards.map(({ name }) => name),
        shards.map(({ tier }) => tier),
        shards.map(({ url }) => withoutLogin(url)),
      ],
    );
    const { rows } = await client.query<{ name: string }>(
      `SELECT name FROM directory.shards WHERE state <> 'gone' AND name <> ALL ($1)`,
      [shards.map(({ name }) => name)],
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
