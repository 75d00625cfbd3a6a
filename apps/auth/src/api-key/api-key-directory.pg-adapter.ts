import { Injectable } from '@nestjs/common';
import { Broadcast } from '#libs/service';
import { DirectoryDatabase } from '../directory/directory.database.js';
import { ApiKeyDirectory } from './api-key-directory.js';
import type { ApiKey } from './api-key.js';

const PUBLISH = `
  INSERT INTO directory.api_keys AS known (prefix, tenant_id, hash, scopes, role, revoked_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (prefix) DO UPDATE
     SET revoked_at = coalesce(known.revoked_at, excluded.revoked_at), expires_at = least(known.expires_at, excluded.expires_at)
   WHERE known.tenant_id = excluded.tenant_id
     AND ((known.revoked_at IS NULL AND excluded.revoked_at IS NOT NULL)
          OR excluded.expires_at < coalesce(known.expires_at, 'infinity'))`;

/** The table of the directory that every router follows. A revocation is broadcast besides, to be heard at once. */
@Injectable()
export class PgApiKeyDirectory extends ApiKeyDirectory {
  constructor(
    private readonly directory: DirectoryDatabase,
    private readonly broadcast: Broadcast,
  ) {
    super();
  }

  async publish(
    tenantId: string,
    { prefix, hash, scopes, role, revokedAt, expiresAt }: ApiKey,
  ): Promise<void> {
    if (revokedAt !== null) this.broadcast.publish('api_key.revoked', { prefix });
    await this.directory.query(PUBLISH, [prefix, tenantId, hash, scopes, role, revokedAt, expiresAt]);
  }
}
