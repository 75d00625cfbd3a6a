import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { AppSessions, type AppSession } from './app-sessions.js';

const RECORD = `
  INSERT INTO auth.app_sessions AS known (tenant_id, session_id, app_id, sid, entered_at, attempts)
  VALUES (app.current_tenant(), $1, $2, $3, $4, 0)
  ON CONFLICT (tenant_id, session_id, app_id) DO UPDATE SET sid = excluded.sid
  RETURNING (xmax = 0) AS fresh`;
const JOINED = `
  SELECT a.session_id AS "sessionId", a.app_id AS "appId", a.sid, s.user_id AS "userId", a.attempts
    FROM auth.app_sessions a JOIN auth.sessions s ON s.tenant_id = a.tenant_id AND s.id = a.session_id`;
const UNTOLD = `${JOINED} WHERE a.session_id = $1 AND a.told_at IS NULL`;
const BY_SID = `${JOINED} WHERE a.sid = $1`;
const TOLD = 'UPDATE auth.app_sessions SET told_at = $3 WHERE session_id = $1 AND app_id = $2';
const FAILED = `
  UPDATE auth.app_sessions SET attempts = attempts + 1 WHERE session_id = $1 AND app_id = $2 RETURNING attempts`;

@Injectable()
export class PgAppSessions extends AppSessions {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async record(
    { sessionId, appId, sid }: Omit<AppSession, 'userId' | 'attempts'>,
    at: Date,
  ): Promise<boolean> {
    const [row] = await this.database.query<{ fresh: boolean }>(RECORD, [sessionId, appId, sid, at]);
    return row?.fresh === true;
  }

  async untold(sessionId: string): Promise<readonly AppSession[]> {
    return this.database.query<AppSession>(UNTOLD, [sessionId]);
  }

  async bySid(sid: string): Promise<AppSession | null> {
    return (await this.database.query<AppSession>(BY_SID, [sid]))[0] ?? null;
  }

  async recordTold(sessionId: string, appId: string, at: Date): Promise<void> {
    await this.database.query(TOLD, [sessionId, appId, at]);
  }

  async recordFailure(sessionId: string, appId: string): Promise<number> {
    const [row] = await this.database.query<{ attempts: number }>(FAILED, [sessionId, appId]);
    return row?.attempts ?? 0;
  }
}
