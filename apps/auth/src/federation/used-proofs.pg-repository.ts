import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { TenantDatabase } from '#libs/sharding';
import { UsedProofs } from './used-proofs.js';

const CLAIM = `
  INSERT INTO auth.used_proofs (tenant_id, digest, expires_at) VALUES (app.current_tenant(), $1, $2)
  ON CONFLICT (tenant_id, digest) DO NOTHING
  RETURNING digest`;
const PRUNE = 'DELETE FROM auth.used_proofs WHERE expires_at < $1';
/** One claim of so many tidies up. */
const PRUNE_EVERY = 64;

@Injectable()
export class PgUsedProofs extends UsedProofs {
  constructor(
    private readonly database: TenantDatabase,
    private readonly clock: Clock,
  ) {
    super();
  }

  async claim(digest: Buffer, until: Date): Promise<boolean> {
    const claimed = await this.database.query(CLAIM, [digest, until]);
    if (digest.readUInt8(0) % PRUNE_EVERY === 0) await this.database.query(PRUNE, [this.clock.now()]);
    return claimed.length === 1;
  }
}
