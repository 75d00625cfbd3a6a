import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { TrustedDevice } from './factor.js';
import { TrustedDeviceRepository } from './factor.repository.js';

const columns = `
  id, user_id AS "userId", token_hash AS "tokenHash", user_agent AS "userAgent", ip, created_at AS "createdAt",
  last_used_at AS "lastUsedAt", expires_at AS "expiresAt"`;
const ADD = `
  INSERT INTO auth.trusted_devices (tenant_id, id, user_id, token_hash, user_agent, ip, created_at, last_used_at, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $6, $7)`;
const PRUNE = 'DELETE FROM auth.trusted_devices WHERE user_id = $1 AND expires_at <= $2';
const OF = `
  SELECT ${columns} FROM auth.trusted_devices WHERE user_id = $1 AND expires_at > $2 ORDER BY last_used_at DESC, id LIMIT 100`;
const BY_TOKEN = `
  SELECT ${columns} FROM auth.trusted_devices WHERE user_id = $1 AND token_hash = $2 AND expires_at > $3`;
const USE = `
  UPDATE auth.trusted_devices SET last_used_at = $3 WHERE user_id = $1 AND token_hash = $2 AND expires_at > $3
  RETURNING ${columns}`;
const REMOVE = `
  DELETE FROM auth.trusted_devices WHERE user_id = $1 AND ($2::uuid IS NULL OR id = $2) RETURNING id`;

@Injectable()
export class PgTrustedDeviceRepository extends TrustedDeviceRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add({ id, userId, tokenHash, userAgent, ip, createdAt, expiresAt }: TrustedDevice): Promise<void> {
    await this.database.query(PRUNE, [userId, createdAt]);
    await this.database.query(ADD, [id, userId, tokenHash, userAgent, ip, createdAt, expiresAt]);
  }

  async of(userId: string, now: Date): Promise<readonly TrustedDevice[]> {
    return this.database.query<TrustedDevice>(OF, [userId, now]);
  }

  async use(userId: string, tokenHash: Buffer, now: Date): Promise<TrustedDevice | null> {
    return (await this.database.query<TrustedDevice>(USE, [userId, tokenHash, now]))[0] ?? null;
  }

  async byToken(userId: string, tokenHash: Buffer, now: Date): Promise<TrustedDevice | null> {
    return (await this.database.query<TrustedDevice>(BY_TOKEN, [userId, tokenHash, now]))[0] ?? null;
  }

  async remove(userId: string, id?: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(REMOVE, [userId, id ?? null]);
    return rows.map((row) => row.id);
  }
}
