import { Injectable } from '@nestjs/common';
import { TenantCipher } from '#libs/crypto';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant } from '#libs/tenancy';
import { attemptTrace, type Attempt } from './attempt.js';
import { AttemptRepository, type AttemptPlace } from './attempt.repository.js';

const columns = `id, connection_id AS "connectionId", at, purpose, outcome, reason, subject, email,
  request_id AS "requestId", detail`;
const ADD = `
  INSERT INTO auth.sso_attempts
    (tenant_id, id, connection_id, at, purpose, outcome, reason, subject, email, request_id, detail)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
/** Of each connection the last of each kind of outcome, so that a flood of one does not wash the other away. */
const PRUNE = `
  DELETE FROM auth.sso_attempts
   WHERE connection_id = $1
     AND (at < $2 OR id IN (SELECT id FROM auth.sso_attempts WHERE connection_id = $1 AND outcome = $3
                             ORDER BY at DESC, id DESC OFFSET 50))`;
const LIST = `
  SELECT ${columns} FROM auth.sso_attempts
   WHERE connection_id = $1 AND at > $2 AND ($3::timestamptz IS NULL OR (at, id) < ($3, $4::uuid))
   ORDER BY at DESC, id DESC LIMIT $5`;
const BY_ID = `SELECT ${columns} FROM auth.sso_attempts WHERE connection_id = $1 AND id = $2 AND at > $3`;
const KEPT_MS = 7 * 86_400_000;
const PURPOSE = 'sso-attempt';

interface AttemptRow extends Omit<Attempt, 'detail'> {
  readonly detail: Buffer;
}

@Injectable()
export class PgAttemptRepository extends AttemptRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly cipher: TenantCipher,
  ) {
    super();
  }

  async add(attempt: Attempt): Promise<void> {
    const { id, connectionId, at, purpose, outcome, reason, subject, email, requestId, detail } = attempt;
    const sealed = await this.cipher.encrypt(currentTenant().id, PURPOSE, JSON.stringify(detail));
    const values = [id, connectionId, at, purpose, outcome, reason, subject, email, requestId, sealed];
    await this.database.query(ADD, values);
    // Ids are random in their last byte: every fourth attempt tidies up.
    if (Number.parseInt(id.slice(-1), 16) % 4 > 0) return;
    await this.database.query(PRUNE, [connectionId, new Date(at.getTime() - KEPT_MS), outcome]);
  }

  async list(connectionId: string, limit: number, after: AttemptPlace | null): Promise<readonly Attempt[]> {
    const since = new Date(Date.now() - KEPT_MS);
    const values = [connectionId, since, after?.at ?? null, after?.id ?? null, limit];
    const rows = await this.database.query<AttemptRow>(LIST, values);
    return rows.map((row) => ({ ...row, detail: { checks: [], raw: null, attributes: [] } }));
  }

  async byId(connectionId: string, id: string): Promise<Attempt | null> {
    const since = new Date(Date.now() - KEPT_MS);
    const [row] = await this.database.query<AttemptRow>(BY_ID, [connectionId, id, since]);
    if (row === undefined) return null;
    const plain = await this.cipher.decrypt(currentTenant().id, PURPOSE, row.detail);
    return { ...row, detail: attemptTrace.parse(JSON.parse(plain.toString())) };
  }
}
