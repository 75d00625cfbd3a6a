import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { PasswordResetRepository } from './password-reset.repository.js';

const PUT = `
  INSERT INTO auth.password_resets (tenant_id, user_id, token_hash, created_at, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4)
  ON CONFLICT (tenant_id, user_id) DO UPDATE
    SET token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at`;
const USER_OF = `
  SELECT user_id AS "userId" FROM auth.password_resets WHERE token_hash = $1 AND expires_at > $2`;
const REDEEM = `
  DELETE FROM auth.password_resets WHERE token_hash = $1 AND expires_at > $2 RETURNING user_id AS "userId"`;
const REMOVE_OF = 'DELETE FROM auth.password_resets WHERE user_id = $1';

@Injectable()
export class PgPasswordResetRepository extends PasswordResetRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async put(userId: string, tokenHash: Buffer, createdAt: Date, expiresAt: Date): Promise<void> {
    await this.database.query(PUT, [userId, tokenHash, createdAt, expiresAt]);
  }

  async userOf(tokenHash: Buffer, now: Date): Promise<string | null> {
    return (await this.database.query<{ userId: string }>(USER_OF, [tokenHash, now]))[0]?.userId ?? null;
  }

  async redeem(tokenHash: Buffer, now: Date): Promise<string | null> {
    return (await this.database.query<{ userId: string }>(REDEEM, [tokenHash, now]))[0]?.userId ?? null;
  }

  async removeOf(userId: string): Promise<void> {
    await this.database.query(REMOVE_OF, [userId]);
  }
}
