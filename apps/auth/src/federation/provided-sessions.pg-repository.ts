import { Injectable } from '@nestjs/common';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { ConnectionClosed } from '../connection/connection.errors.js';
import { ProvidedSessions } from '../session/provided-sessions.js';
import type { ProviderSession } from '../session/session.js';
import { LOGOUT_HINT } from './identity.pg-repository.js';

/** The lock makes whoever closes the connection wait for this, and then find the session; or this finds it closed. */
const RECORD = `
  INSERT INTO auth.federated_sessions
    (tenant_id, session_id, connection_id, issuer, subject, provider_session, logout_hint)
  SELECT c.tenant_id, $1, c.id, $3, $4, $5, $6
    FROM auth.connections c WHERE c.id = $2 AND c.state = 'active' FOR KEY SHARE
  RETURNING session_id`;

@Injectable()
export class PgProvidedSessions extends ProvidedSessions {
  constructor(
    private readonly database: TenantDatabase,
    private readonly cipher: TenantCipher,
  ) {
    super();
  }

  async record(sessionId: string, provider: ProviderSession): Promise<void> {
    const { connectionId, issuer, subject, providerSession, logoutHint } = provider;
    const sealed =
      logoutHint === null ? null : await this.cipher.encrypt(currentTenant().id, LOGOUT_HINT, logoutHint);
    const values = [sessionId, connectionId, issuer, subject, providerSession, sealed];
    if ((await this.database.query(RECORD, values)).length === 0) throw new ConnectionClosed();
  }
}
