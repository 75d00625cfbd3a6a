import { Injectable } from '@nestjs/common';
import { sha256 } from '#libs/crypto';
import { Clock } from '#libs/kernel';
import { TenantDatabase } from '#libs/sharding';
import { AppGrants, type KeptGrant } from './app-grants.js';

const PUT = `
  INSERT INTO auth.app_grants (tenant_id, kind, digest, app_id, user_id, grant_id, payload, expires_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (tenant_id, kind, digest) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`;
const FIND = `
  SELECT payload, consumed_at AS "consumedAt" FROM auth.app_grants WHERE kind = $1 AND digest = $2 AND expires_at > $3`;
const CONSUME = `
  UPDATE auth.app_grants SET consumed_at = $3 WHERE kind = $1 AND digest = $2 AND consumed_at IS NULL RETURNING grant_id`;
const REMOVE = 'DELETE FROM auth.app_grants WHERE kind = $1 AND digest = $2';
const REMOVE_GRANT = 'DELETE FROM auth.app_grants WHERE grant_id = $1';
const REMOVE_OF = 'DELETE FROM auth.app_grants WHERE user_id = $1 AND app_id = $2';
/** A few that are over go with each that comes: the table grows with what is in use. */
const PRUNE = `
  DELETE FROM auth.app_grants WHERE (tenant_id, kind, digest) IN (
    SELECT tenant_id, kind, digest FROM auth.app_grants WHERE expires_at < $1 ORDER BY expires_at LIMIT 5)`;

interface Row {
  readonly payload: Record<string, unknown>;
  readonly consumedAt: Date | null;
}

@Injectable()
export class PgAppGrants extends AppGrants {
  constructor(
    private readonly database: TenantDatabase,
    private readonly clock: Clock,
  ) {
    super();
  }

  async put({ kind, id, appId, userId, grantId, payload, expiresAt }: KeptGrant): Promise<void> {
    const values = [kind, sha256(id), appId, userId, grantId, JSON.stringify(payload), expiresAt];
    await this.database.query(PUT, values);
    await this.database.query(PRUNE, [this.clock.now()]);
  }

  async find(kind: KeptGrant['kind'], id: string): Promise<Record<string, unknown> | null> {
    const [row] = await this.database.query<Row>(FIND, [kind, sha256(id), this.clock.now()]);
    if (row === undefined) return null;
    const { payload, consumedAt } = row;
    return consumedAt === null ? payload : { ...payload, consumed: Math.floor(consumedAt.getTime() / 1000) };
  }

  async consume(kind: KeptGrant['kind'], id: string): Promise<boolean> {
    return (await this.database.query(CONSUME, [kind, sha256(id), this.clock.now()])).length > 0;
  }

  async remove(kind: KeptGrant['kind'], id: string): Promise<void> {
    await this.database.query(REMOVE, [kind, sha256(id)]);
  }

  async removeGrant(grantId: string): Promise<void> {
    await this.database.query(REMOVE_GRANT, [grantId]);
  }

  async removeOf(userId: string, appId: string): Promise<void> {
    await this.database.query(REMOVE_OF, [userId, appId]);
  }
}
