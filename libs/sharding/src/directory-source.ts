import { withLogin, type Login } from '#libs/database';
import { Pool } from 'pg';
import type { HostRow, KeyRow, RouteRow, ShardRow } from './directory-map.js';

export interface DirectoryRows {
  route: RouteRow;
  host: HostRow;
  key: KeyRow;
  shard: ShardRow;
}
export type DirectoryKind = keyof DirectoryRows;

/** Where the directory is read from. */
export interface DirectorySource {
  /** The number of the last change that is committed, and with it all before it. */
  head(): Promise<number>;
  /** Rows changed after `after`, the earliest first, at most `limit`, each with its number. */
  changed<K extends DirectoryKind>(
    kind: K,
    after: number,
    limit: number,
  ): Promise<readonly (DirectoryRows[K] & { change_seq: string })[]>;
  close(): Promise<void>;
}

const ROUTE = 'id, slug, name, plan, status, branding, settings, shard, tier, url, epoch, state, change_seq';
const views: Readonly<Record<DirectoryKind, string>> = {
  route: `SELECT ${ROUTE} FROM directory.routes`,
  host: 'SELECT host, tenant_id, state, change_seq FROM directory.hosts',
  key: 'SELECT prefix, tenant_id, hash, scopes, role, revoked_at, expires_at, change_seq FROM directory.key_routes',
  shard: 'SELECT name, tier, url, state, change_seq FROM directory.shard_routes',
};

/** The views of the directory database, read as harka_router. */
export class PgDirectorySource implements DirectorySource {
  private readonly pool: Pool;

  constructor(url: string, login: Login) {
    this.pool = new Pool({
      connectionString: withLogin(url, login),
      application_name: 'harka-directory',
      max: 2,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 3_000,
      statement_timeout: 10_000,
      query_timeout: 12_000,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    // A connection that is lost while idle is replaced when it is needed.
    this.pool.on('error', () => undefined);
  }

  async head(): Promise<number> {
    const { rows } = await this.pool.query<{ change_seq: string }>({
      name: 'head',
      text: 'SELECT change_seq FROM directory.change_head',
    });
    return Number(rows[0]?.change_seq ?? 0);
  }

  async changed<K extends DirectoryKind>(kind: K, after: number, limit: number) {
    const { rows } = await this.pool.query<DirectoryRows[K] & { change_seq: string }>({
      name: kind,
      text: `${views[kind]} WHERE change_seq > $1 ORDER BY change_seq LIMIT $2`,
      values: [after, limit],
    });
    return rows;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
