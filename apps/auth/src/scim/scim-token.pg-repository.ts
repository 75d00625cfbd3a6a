import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { ScimToken } from './scim-token.js';
import { ScimTokenRepository, type ScimFailure } from './scim-token.repository.js';

const columns = `
  id, name, prefix, hash, created_by AS "createdBy", created_at AS "createdAt", expires_at AS "expiresAt",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`;
const ADD = `
  INSERT INTO auth.scim_tokens (tenant_id, id, name, prefix, hash, created_by, created_at, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7)`;
const BY_HASH = `SELECT ${columns} FROM auth.scim_tokens WHERE hash = $1`;
const BY_ID = `SELECT ${columns} FROM auth.scim_tokens WHERE id = $1`;
const PAGE = `
  SELECT ${columns} FROM auth.scim_tokens WHERE $2::uuid IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`;
const COUNT = `
  SELECT count(*)::integer AS count FROM auth.scim_tokens
   WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1)`;
const REVOKE = `UPDATE auth.scim_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING ${columns}`;
const EXPIRE = 'UPDATE auth.scim_tokens SET expires_at = least(expires_at, $2) WHERE id = $1';
const USED = 'UPDATE auth.scim_tokens SET last_used_at = $2 WHERE id = $1';
const LAST_USE = 'SELECT max(last_used_at) AS at FROM auth.scim_tokens';
const FAILED = `
  INSERT INTO auth.scim_failures (tenant_id, id, at, operation, status, code, detail)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6)`;
const PRUNE = `
  DELETE FROM auth.scim_failures WHERE id NOT IN (SELECT id FROM auth.scim_failures ORDER BY id DESC LIMIT 50)`;
const FAILURES =
  'SELECT at, operation, status, code, detail FROM auth.scim_failures ORDER BY id DESC LIMIT 50';

@Injectable()
export class PgScimTokenRepository extends ScimTokenRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add({ id, name, prefix, hash, createdBy, createdAt, expiresAt }: ScimToken): Promise<void> {
    await this.database.query(ADD, [id, name, prefix, hash, createdBy, createdAt, expiresAt]);
  }

  async byHash(hash: Buffer): Promise<ScimToken | null> {
    return (await this.database.query<ScimToken>(BY_HASH, [hash]))[0] ?? null;
  }

  async byId(id: string): Promise<ScimToken | null> {
    return (await this.database.query<ScimToken>(BY_ID, [id]))[0] ?? null;
  }

  async page(limit: number, before: string | null): Promise<readonly ScimToken[]> {
    return this.database.query<ScimToken>(PAGE, [limit, before]);
  }

  async countGood(now: Date): Promise<number> {
    return (await this.database.query<{ count: number }>(COUNT, [now]))[0]?.count ?? 0;
  }

  async revoke(id: string, at: Date): Promise<ScimToken | null> {
    return (await this.database.query<ScimToken>(REVOKE, [id, at]))[0] ?? null;
  }

  async expire(id: string, at: Date): Promise<void> {
    await this.database.query(EXPIRE, [id, at]);
  }

  async recordUse(id: string, at: Date): Promise<void> {
    await this.database.query(USED, [id, at]);
  }

  async lastUse(): Promise<Date | null> {
    return (await this.database.query<{ at: Date | null }>(LAST_USE))[0]?.at ?? null;
  }

  async recordFailure(id: string, { at, operation, status, code, detail }: ScimFailure): Promise<void> {
    await this.database.query(FAILED, [id, at, operation, status, code, detail]);
    await this.database.query(PRUNE);
  }

  async failures(): Promise<readonly ScimFailure[]> {
    return this.database.query<ScimFailure>(FAILURES);
  }
}
