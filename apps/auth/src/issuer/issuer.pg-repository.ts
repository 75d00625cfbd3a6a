import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { Issuer, IssuerKey } from './issuer.js';
import { IssuerRepository } from './issuer.repository.js';

const ISSUER = 'SELECT origin, pairwise_salt AS "pairwiseSalt" FROM auth.issuers';
const LOCK = `${ISSUER} FOR UPDATE`;
const KEYS = `
  SELECT kid, algorithm, public_key AS "publicKey", private_key AS "privateKey", created_at AS "createdAt",
         active_from AS "activeFrom", active_until AS "activeUntil", revoked_at AS "revokedAt"
    FROM auth.issuer_keys ORDER BY active_from, kid`;
const OPEN = `
  INSERT INTO auth.issuers (tenant_id, origin, pairwise_salt, created_at) VALUES (app.current_tenant(), $1, $2, $3)
  ON CONFLICT (tenant_id) DO NOTHING`;
const ADD_KEY = `
  INSERT INTO auth.issuer_keys (tenant_id, kid, algorithm, public_key, private_key, created_at, active_from, active_until)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7)`;
const RETIRE = `
  UPDATE auth.issuer_keys
     SET active_until = greatest(active_from, least(active_until, $1)), revoked_at = CASE WHEN $2 THEN $1 ELSE revoked_at END
   WHERE revoked_at IS NULL`;
const FORGET = 'DELETE FROM auth.issuer_keys WHERE active_until < $1';

@Injectable()
export class PgIssuerRepository extends IssuerRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async current(): Promise<Issuer | null> {
    return this.read(ISSUER);
  }

  async lock(): Promise<Issuer | null> {
    return this.read(LOCK);
  }

  async open(origin: string, pairwiseSalt: Buffer, at: Date): Promise<void> {
    await this.database.query(OPEN, [origin, pairwiseSalt, at]);
  }

  async addKeys(keys: readonly IssuerKey[]): Promise<void> {
    for (const { kid, algorithm, publicKey, privateKey, createdAt, activeFrom, activeUntil } of keys) {
      const values = [kid, algorithm, JSON.stringify(publicKey), privateKey];
      await this.database.query(ADD_KEY, [...values, createdAt, activeFrom, activeUntil]);
    }
  }

  async retireKeys(at: Date, revoke: boolean): Promise<void> {
    await this.database.query(RETIRE, [at, revoke]);
  }

  async forgetKeys(before: Date): Promise<void> {
    await this.database.query(FORGET, [before]);
  }

  private async read(statement: string): Promise<Issuer | null> {
    const [issuer] = await this.database.query<Omit<Issuer, 'keys'>>(statement);
    if (issuer === undefined) return null;
    return { ...issuer, keys: await this.database.query<IssuerKey>(KEYS) };
  }
}
