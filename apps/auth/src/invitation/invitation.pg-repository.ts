import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { Invitation } from './invitation.js';
import { InvitationRepository } from './invitation.repository.js';

const columns = `
  id, user_id AS "userId", invited_by AS "invitedBy", created_at AS "createdAt", expires_at AS "expiresAt"`;

const PUT = `
  INSERT INTO auth.invitations (tenant_id, id, user_id, token_hash, invited_by, created_at, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, user_id) DO UPDATE
    SET id = excluded.id, token_hash = excluded.token_hash, invited_by = excluded.invited_by,
        created_at = excluded.created_at, expires_at = excluded.expires_at`;
const BY_ID = `SELECT ${columns} FROM auth.invitations WHERE id = $1`;
const BY_TOKEN = `SELECT ${columns} FROM auth.invitations WHERE token_hash = $1 AND expires_at > $2`;
const REDEEM = `DELETE FROM auth.invitations WHERE token_hash = $1 AND expires_at > $2 RETURNING ${columns}`;
const REMOVE_OF = 'DELETE FROM auth.invitations WHERE user_id = $1';

@Injectable()
export class PgInvitationRepository extends InvitationRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async put({ id, userId, invitedBy, createdAt, expiresAt }: Invitation, tokenHash: Buffer): Promise<void> {
    await this.database.query(PUT, [id, userId, tokenHash, invitedBy, createdAt, expiresAt]);
  }

  async byId(id: string): Promise<Invitation | null> {
    return (await this.database.query<Invitation>(BY_ID, [id]))[0] ?? null;
  }

  async byToken(tokenHash: Buffer, now: Date): Promise<Invitation | null> {
    return (await this.database.query<Invitation>(BY_TOKEN, [tokenHash, now]))[0] ?? null;
  }

  async redeem(tokenHash: Buffer, now: Date): Promise<Invitation | null> {
    return (await this.database.query<Invitation>(REDEEM, [tokenHash, now]))[0] ?? null;
  }

  async removeOf(userId: string): Promise<void> {
    await this.database.query(REMOVE_OF, [userId]);
  }
}
