import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { SetupLink } from './setup-link.js';
import { SetupLinkRepository } from './setup-link.repository.js';

const columns = `
  id, connection_id AS "connectionId", name, kind, provider, recipient, is_for_one AS "isForOne", origin,
  token_hash AS hash, browser_hash AS browser, created_by AS "createdBy", created_at AS "createdAt",
  expires_at AS "expiresAt", opened_at AS "openedAt", used_at AS "usedAt", finished_at AS "finishedAt",
  revoked_at AS "revokedAt"`;

const ALL = `SELECT ${columns} FROM auth.setup_links ORDER BY created_at DESC, id DESC LIMIT 50`;
const BY_HASH = `SELECT ${columns} FROM auth.setup_links WHERE token_hash = $1`;
const open = 'finished_at IS NULL AND revoked_at IS NULL AND expires_at >';
const COUNT_OPEN = `SELECT count(*)::int AS count FROM auth.setup_links WHERE ${open} $1`;
const FORGET = `DELETE FROM auth.setup_links WHERE expires_at < $1::timestamptz - interval '90 days'`;
const ADD = `
  INSERT INTO auth.setup_links (tenant_id, id, connection_id, name, kind, provider, recipient, is_for_one, origin,
                                token_hash, created_by, created_at, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
const CLAIM = `
  UPDATE auth.setup_links
     SET browser_hash = coalesce(browser_hash, $2), opened_at = coalesce(opened_at, $3), used_at = $3
   WHERE id = $1 AND (NOT is_for_one OR browser_hash IS NULL OR browser_hash = $2)
  RETURNING ${columns}`;
const FINISH = `
  UPDATE auth.setup_links SET finished_at = $2, used_at = $2 WHERE id = $1 AND ${open} $2 RETURNING ${columns}`;
const REVOKE = `UPDATE auth.setup_links SET revoked_at = $2 WHERE id = $1 AND ${open} $2 RETURNING ${columns}`;
const FINISH_OF = `UPDATE auth.setup_links SET finished_at = $2 WHERE connection_id = $1 AND ${open} $2`;

@Injectable()
export class PgSetupLinkRepository extends SetupLinkRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async all(): Promise<readonly SetupLink[]> {
    return this.database.query<SetupLink>(ALL);
  }

  async byHash(hash: Buffer): Promise<SetupLink | null> {
    return this.one(BY_HASH, [hash]);
  }

  async countOpen(now: Date): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT_OPEN, [now]);
    return row?.count ?? 0;
  }

  async add(link: SetupLink): Promise<void> {
    const { id, connectionId, name, kind, provider, recipient, isForOne, origin, hash } = link;
    await this.database.query(FORGET, [link.createdAt]);
    await this.database.query(ADD, [
      ...[id, connectionId, name, kind, provider, recipient, isForOne, origin, hash],
      ...[link.createdBy, link.createdAt, link.expiresAt],
    ]);
  }

  async claim(id: string, browser: Buffer, at: Date): Promise<SetupLink | null> {
    return this.one(CLAIM, [id, browser, at]);
  }

  async finish(id: string, at: Date): Promise<SetupLink | null> {
    return this.one(FINISH, [id, at]);
  }

  async revoke(id: string, at: Date): Promise<SetupLink | null> {
    return this.one(REVOKE, [id, at]);
  }

  async finishOf(connectionId: string, at: Date): Promise<void> {
    await this.database.query(FINISH_OF, [connectionId, at]);
  }

  private async one(sql: string, values: readonly unknown[]): Promise<SetupLink | null> {
    return (await this.database.query<SetupLink>(sql, [...values]))[0] ?? null;
  }
}
