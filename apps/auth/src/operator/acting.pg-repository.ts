import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { Acting, ActingSession } from './acting.js';
import { ActingRepository } from './acting.repository.js';

const columns = `a.id AS "sessionId", a.operator_id AS "operatorId", a.operator_name AS "operatorName", a.reason,
         a.return_to AS "returnTo"`;
const ADD = `
  INSERT INTO auth.acting_sessions (tenant_id, id, operator_id, operator_name, reason, return_to)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5)`;
const FIND = `SELECT ${columns} FROM auth.acting_sessions a WHERE a.id = $1`;
const OPEN = `
  SELECT ${columns}, s.user_id AS "userId", u.name AS "userName", s.started_at AS "startedAt",
         s.expires_at AS "expiresAt"
    FROM auth.acting_sessions a
    JOIN auth.sessions s ON s.tenant_id = a.tenant_id AND s.id = a.id
    JOIN auth.users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
   WHERE s.ended_at IS NULL AND s.expires_at > $1
   ORDER BY s.started_at DESC LIMIT 100`;

@Injectable()
export class PgActingRepository extends ActingRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add({ sessionId, operatorId, operatorName, reason, returnTo }: Acting): Promise<void> {
    await this.database.query(ADD, [sessionId, operatorId, operatorName, reason, returnTo]);
  }

  async find(sessionId: string): Promise<Acting | null> {
    return (await this.database.query<Acting>(FIND, [sessionId]))[0] ?? null;
  }

  async open(now: Date): Promise<readonly ActingSession[]> {
    return this.database.query<ActingSession>(OPEN, [now]);
  }
}
