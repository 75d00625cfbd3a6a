import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { ApiKeyNotFound } from './api-key.errors.js';
import type { ApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';

export const apiKeyColumns = `
  id, name, prefix, hash, scopes, role, created_by AS "createdBy", created_at AS "createdAt",
  expires_at AS "expiresAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`;

const ADD = `
  INSERT INTO auth.api_keys (tenant_id, id, name, prefix, hash, scopes, role, created_by, created_at, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const BY_ID = `SELECT ${apiKeyColumns} FROM auth.api_keys WHERE id = $1`;
const BY_PREFIX = `SELECT ${apiKeyColumns} FROM auth.api_keys WHERE prefix = $1`;
const LOCK = `SELECT ${apiKeyColumns} FROM auth.api_keys WHERE id = $1 FOR UPDATE`;
const EXPIRE = `UPDATE auth.api_keys SET expires_at = least(expires_at, $2) WHERE id = $1 RETURNING ${apiKeyColumns}`;
const COUNT_USABLE = `
  SELECT count(*)::integer AS count FROM auth.api_keys
   WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1)`;
const REVOKE = `UPDATE auth.api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING ${apiKeyColumns}`;
const REVOKE_ALL_OF = `
  UPDATE auth.api_keys SET revoked_at = $2 WHERE created_by = $1 AND revoked_at IS NULL RETURNING ${apiKeyColumns}`;
const RECORD_USES = `
  UPDATE auth.api_keys k SET last_used_at = u.used_at
    FROM unnest($1::text[], $2::timestamptz[]) AS u (prefix, used_at)
   WHERE k.prefix = u.prefix AND (k.last_used_at IS NULL OR k.last_used_at < u.used_at)`;

@Injectable()
export class PgApiKeyRepository extends ApiKeyRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add(key: ApiKey): Promise<void> {
    const { id, name, prefix, hash, scopes, role, createdBy, createdAt, expiresAt } = key;
    await this.database.query(ADD, [id, name, prefix, hash, scopes, role, createdBy, createdAt, expiresAt]);
  }

  async byId(id: string): Promise<ApiKey | null> {
    return (await this.database.query<ApiKey>(BY_ID, [id]))[0] ?? null;
  }

  async byPrefix(prefix: string): Promise<ApiKey | null> {
    return (await this.database.query<ApiKey>(BY_PREFIX, [prefix]))[0] ?? null;
  }

  async lock(id: string): Promise<ApiKey | null> {
    return (await this.database.query<ApiKey>(LOCK, [id]))[0] ?? null;
  }

  async expire(id: string, at: Date): Promise<ApiKey> {
    const [key] = await this.database.query<ApiKey>(EXPIRE, [id, at]);
    if (key === undefined) throw new ApiKeyNotFound();
    return key;
  }

  async countUsable(now: Date): Promise<number> {
    return (await this.database.query<{ count: number }>(COUNT_USABLE, [now]))[0]?.count ?? 0;
  }

  async revoke(id: string, at: Date): Promise<{ key: ApiKey; isNew: boolean } | null> {
    const [revoked] = await this.database.query<ApiKey>(REVOKE, [id, at]);
    if (revoked !== undefined) return { key: revoked, isNew: true };
    const key = await this.byId(id);
    return key === null ? null : { key, isNew: false };
  }

  async revokeAllOf(userId: string, at: Date): Promise<readonly ApiKey[]> {
    return this.database.query<ApiKey>(REVOKE_ALL_OF, [userId, at]);
  }

  async recordUses(uses: readonly { readonly prefix: string; readonly lastUsedAt: string }[]): Promise<void> {
    const values = [uses.map(({ prefix }) => prefix), uses.map(({ lastUsedAt }) => lastUsedAt)];
    await this.database.query(RECORD_USES, values);
  }
}
