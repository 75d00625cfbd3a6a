import { Injectable } from '@nestjs/common';
import { DirectoryDatabase } from '../directory/directory.database.js';
import type { SigningKey } from './signing-key.js';
import { SigningKeyRepository, type KeyChange } from './signing-key.repository.js';

const ALL = `
  SELECT kid, public_key AS "publicKey", private_key AS "privateKey", created_at AS "createdAt",
         active_from AS "activeFrom", active_until AS "activeUntil", revoked_at AS "revokedAt"
    FROM auth.signing_keys ORDER BY active_from`;
const LOCK = 'LOCK TABLE auth.signing_keys IN SHARE ROW EXCLUSIVE MODE';
const ADD = `
  INSERT INTO auth.signing_keys (kid, public_key, private_key, created_at, active_from, active_until)
  VALUES ($1, $2, $3, $4, $5, $6)`;
const RETIRE = `
  UPDATE auth.signing_keys SET active_until = greatest($2, active_from + interval '1 microsecond')
   WHERE kid = ANY ($1::text[]) AND active_until > $2`;
const REVOKE = `
  UPDATE auth.signing_keys SET revoked_at = $2 WHERE kid = ANY ($1::text[]) AND revoked_at IS NULL`;
const FORGET = `
  DELETE FROM auth.signing_keys WHERE active_until < $1::timestamptz - interval '30 days'`;

@Injectable()
export class PgSigningKeyRepository extends SigningKeyRepository {
  constructor(private readonly directory: DirectoryDatabase) {
    super();
  }

  async all(): Promise<readonly SigningKey[]> {
    return this.directory.query<SigningKey>(ALL);
  }

  async change(
    decide: (keys: readonly SigningKey[]) => Promise<KeyChange>,
    now: Date,
  ): Promise<readonly SigningKey[]> {
    return this.directory.run(async () => {
      await this.directory.query(LOCK);
      const { added, retired = [], revoked = [] } = await decide(await this.all());
      await this.directory.query(RETIRE, [retired, now]);
      await this.directory.query(REVOKE, [revoked, now]);
      await this.directory.query(FORGET, [now]);
      if (added !== undefined) await this.add(added);
      return this.all();
    });
  }

  private async add({
    kid,
    publicKey,
    privateKey,
    createdAt,
    activeFrom,
    activeUntil,
  }: SigningKey): Promise<void> {
    await this.directory.query(ADD, [kid, publicKey, privateKey, createdAt, activeFrom, activeUntil]);
  }
}
