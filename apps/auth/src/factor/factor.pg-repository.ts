import { Injectable } from '@nestjs/common';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import type { FactorsOf, Passkey } from './factor.js';
import { FactorRepository } from './factor.repository.js';

const PURPOSE = 'auth.totp';

const TOTP = `
  SELECT confirmed_at AS "confirmedAt", last_used_at AS "lastUsedAt"
    FROM auth.totp_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL`;
const passkeyColumns = `
  id, user_id AS "userId", credential_id AS "credentialId", public_key AS "publicKey", counter::float8 AS counter,
  rp_id AS "rpId", transports, synced, name, created_at AS "createdAt", last_used_at AS "lastUsedAt"`;
const PASSKEYS = `SELECT ${passkeyColumns} FROM auth.passkeys WHERE user_id = $1 ORDER BY id`;
const RECOVERY = `
  SELECT count(*) FILTER (WHERE used_at IS NULL)::integer AS left, min(created_at) AS "createdAt"
    FROM auth.recovery_codes WHERE user_id = $1 HAVING count(*) > 0`;
const PUT_PENDING = `
  INSERT INTO auth.totp_factors (tenant_id, user_id, secret, pending_secret, pending_at)
  VALUES (app.current_tenant(), $1, $2, $2, $3)
  ON CONFLICT (tenant_id, user_id) DO UPDATE SET pending_secret = excluded.pending_secret, pending_at = excluded.pending_at`;
const PENDING = `
  SELECT pending_secret AS secret FROM auth.totp_factors
   WHERE user_id = $1 AND pending_secret IS NOT NULL AND pending_at > $2`;
const CONFIRM = `
  UPDATE auth.totp_factors
     SET secret = pending_secret, pending_secret = NULL, pending_at = NULL, confirmed_at = $3, last_counter = $2,
         last_used_at = $3
   WHERE user_id = $1 AND pending_secret IS NOT NULL`;
const SECRET = 'SELECT secret FROM auth.totp_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL';
const TAKE = `
  UPDATE auth.totp_factors SET last_counter = $2, last_used_at = $3
   WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_counter < $2
  RETURNING user_id`;
const REMOVE_TOTP =
  'DELETE FROM auth.totp_factors WHERE user_id = $1 RETURNING confirmed_at AS "confirmedAt"';
const ADD_PASSKEY = `
  INSERT INTO auth.passkeys (tenant_id, id, user_id, credential_id, public_key, counter, rp_id, transports, synced, name,
                             created_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT ON CONSTRAINT passkeys_credential_key DO NOTHING
  RETURNING id`;
const BY_CREDENTIAL = `SELECT ${passkeyColumns} FROM auth.passkeys WHERE credential_id = $1`;
const USE_PASSKEY = `
  UPDATE auth.passkeys SET counter = $2, last_used_at = $3
   WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))
  RETURNING id`;
const REMOVE_PASSKEY = `DELETE FROM auth.passkeys WHERE user_id = $1 AND id = $2 RETURNING ${passkeyColumns}`;
const DROP_CODES = 'DELETE FROM auth.recovery_codes WHERE user_id = $1';
const ADD_CODES = `
  INSERT INTO auth.recovery_codes (tenant_id, user_id, hash, created_at)
  SELECT app.current_tenant(), $1, hash, $3 FROM unnest($2::bytea[]) AS hash`;
const SPEND = `
  UPDATE auth.recovery_codes SET used_at = $3 WHERE user_id = $1 AND hash = $2 AND used_at IS NULL RETURNING user_id`;

@Injectable()
export class PgFactorRepository extends FactorRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly cipher: TenantCipher,
  ) {
    super();
  }

  async of(userId: string): Promise<FactorsOf> {
    const [totp, passkeys, recovery] = await Promise.all([
      this.database.query<NonNullable<FactorsOf['totp']>>(TOTP, [userId]),
      this.database.query<Passkey>(PASSKEYS, [userId]),
      this.database.query<NonNullable<FactorsOf['recoveryCodes']>>(RECOVERY, [userId]),
    ]);
    return { totp: totp[0] ?? null, passkeys, recoveryCodes: recovery[0] ?? null };
  }

  async putPendingTotp(userId: string, secret: Buffer, at: Date): Promise<void> {
    const sealed = await this.cipher.encrypt(currentTenant().id, purposeOf(userId), secret);
    await this.database.query(PUT_PENDING, [userId, sealed, at]);
  }

  async pendingTotp(userId: string, since: Date): Promise<Buffer | null> {
    return this.secretBy(PENDING, userId, [userId, since]);
  }

  async confirmTotp(userId: string, counter: number, at: Date): Promise<void> {
    await this.database.query(CONFIRM, [userId, counter, at]);
  }

  async totpSecret(userId: string): Promise<Buffer | null> {
    return this.secretBy(SECRET, userId, [userId]);
  }

  async takeTotp(userId: string, counter: number, at: Date): Promise<boolean> {
    return (await this.database.query(TAKE, [userId, counter, at])).length === 1;
  }

  async removeTotp(userId: string): Promise<boolean> {
    const rows = await this.database.query<{ confirmedAt: Date | null }>(REMOVE_TOTP, [userId]);
    return rows.some(({ confirmedAt }) => confirmedAt !== null);
  }

  async addPasskey(passkey: Passkey): Promise<boolean> {
    const { id, userId, credentialId, publicKey, counter, rpId, transports, synced, name, createdAt } =
      passkey;
    const values = [id, userId, credentialId, publicKey, counter, rpId, transports, synced, name, createdAt];
    return (await this.database.query(ADD_PASSKEY, values)).length === 1;
  }

  async passkeyByCredential(credentialId: string): Promise<Passkey | null> {
    return (await this.database.query<Passkey>(BY_CREDENTIAL, [credentialId]))[0] ?? null;
  }

  async usePasskey(id: string, counter: number, at: Date): Promise<boolean> {
    return (await this.database.query(USE_PASSKEY, [id, counter, at])).length === 1;
  }

  async removePasskey(userId: string, id: string): Promise<Passkey | null> {
    return (await this.database.query<Passkey>(REMOVE_PASSKEY, [userId, id]))[0] ?? null;
  }

  async replaceRecoveryCodes(userId: string, hashes: readonly Buffer[], at: Date): Promise<void> {
    await this.database.query(DROP_CODES, [userId]);
    await this.database.query(ADD_CODES, [userId, hashes, at]);
  }

  async spendRecoveryCode(userId: string, hash: Buffer, at: Date): Promise<boolean> {
    return (await this.database.query(SPEND, [userId, hash, at])).length === 1;
  }

  async removeAll(userId: string): Promise<void> {
    for (const table of ['totp_factors', 'passkeys', 'recovery_codes']) {
      await this.database.query(`DELETE FROM auth.${table} WHERE user_id = $1`, [userId]);
    }
  }

  private async secretBy(statement: string, userId: string, values: unknown[]): Promise<Buffer | null> {
    const [row] = await this.database.query<{ secret: Buffer }>(statement, values);
    if (row === undefined) return null;
    return this.cipher.decrypt(currentTenant().id, purposeOf(userId), row.secret);
  }
}

/** What was written for one person is not read for another. */
function purposeOf(userId: string): string {
  return `${PURPOSE}:${userId}`;
}
