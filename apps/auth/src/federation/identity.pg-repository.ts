import { Injectable } from '@nestjs/common';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { IdentityRepository, type FederatedSession, type IdentityKey } from './identity.repository.js';

const USER_OF = `
  SELECT user_id AS "userId" FROM auth.identities
   WHERE connection_id = $1 AND issuer = $2 AND subject = $3 FOR UPDATE`;
const IS_LINKED = 'SELECT user_id FROM auth.identities WHERE user_id = $1 AND connection_id = $2 LIMIT 1';
const LINK = `
  INSERT INTO auth.identities (tenant_id, connection_id, issuer, subject, user_id, created_at, last_used_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $5)
  ON CONFLICT (tenant_id, connection_id, issuer, subject) DO NOTHING
  RETURNING user_id`;
const TOUCH = `
  UPDATE auth.identities SET last_used_at = $4 WHERE connection_id = $1 AND issuer = $2 AND subject = $3`;
const columns = `
  f.session_id AS "sessionId", s.user_id AS "userId", f.connection_id AS "connectionId", f.issuer, f.subject,
  f.provider_session AS "providerSession"`;
const SESSION_OF = `
  SELECT ${columns}, f.logout_hint AS "sealed" FROM auth.federated_sessions f
    JOIN auth.sessions s ON s.tenant_id = f.tenant_id AND s.id = f.session_id
   WHERE f.session_id = $1`;
const OPEN = `
  SELECT ${columns} FROM auth.federated_sessions f
    JOIN auth.sessions s ON s.tenant_id = f.tenant_id AND s.id = f.session_id AND s.ended_at IS NULL
   WHERE f.connection_id = $1
     AND ($2::text IS NULL OR f.issuer = $2) AND ($3::text IS NULL OR f.subject = $3)
     AND ($4::text IS NULL OR f.provider_session = $4)
   LIMIT 10000`;

/** What the encrypted hint is for. */
export const LOGOUT_HINT = 'federated-session';

@Injectable()
export class PgIdentityRepository extends IdentityRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly cipher: TenantCipher,
  ) {
    super();
  }

  async userOf({ connectionId, issuer, subject }: IdentityKey): Promise<string | null> {
    const [row] = await this.database.query<{ userId: string }>(USER_OF, [connectionId, issuer, subject]);
    return row?.userId ?? null;
  }

  async isLinked(userId: string, connectionId: string): Promise<boolean> {
    return (await this.database.query(IS_LINKED, [userId, connectionId])).length > 0;
  }

  async link({ connectionId, issuer, subject }: IdentityKey, userId: string, at: Date): Promise<boolean> {
    return (await this.database.query(LINK, [connectionId, issuer, subject, userId, at])).length === 1;
  }

  async touch({ connectionId, issuer, subject }: IdentityKey, at: Date): Promise<void> {
    await this.database.query(TOUCH, [connectionId, issuer, subject, at]);
  }

  async sessionOf(sessionId: string) {
    const [row] = await this.database.query<FederatedSession & { sealed: Buffer | null }>(SESSION_OF, [
      sessionId,
    ]);
    if (row === undefined) return null;
    const { sealed, ...session } = row;
    const hint = sealed === null ? null : await this.cipher.decrypt(currentTenant().id, LOGOUT_HINT, sealed);
    return { ...session, logoutHint: hint?.toString() ?? null };
  }

  async openSessions(
    connectionId: string,
    { issuer, subject, providerSession }: Parameters<IdentityRepository['openSessions']>[1],
  ): Promise<readonly FederatedSession[]> {
    const by = [issuer ?? null, subject ?? null, providerSession ?? null];
    return this.database.query<FederatedSession>(OPEN, [connectionId, ...by]);
  }
}
