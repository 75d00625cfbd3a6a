import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import { userColumns } from '../user/user.pg-repository.js';
import type { User } from '../user/user.js';
import type { RefreshChain } from './refresh-chain.js';
import { defaultPolicy } from '../sign-in-policy/sign-in-policy.js';
import type { Device, Session, SessionEnd, NewSession } from './session.js';
import { SessionRepository, type EndedSession } from './session.repository.js';

const columns = `
  s.id AS "sessionId", s.user_id AS "userId", s.method, s.amr, s.proved_at AS "provedAt", s.started_at AS "startedAt",
  s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt", s.ip, s.user_agent AS "userAgent",
  s.refresh_hash AS "hash", s.refresh_salt AS "salt", s.refresh_generation AS "generation",
  s.refreshed_at AS "refreshedAt", s.ended_at AS "endedAt"`;

interface SessionRow extends Omit<Session, 'id' | 'chain'>, RefreshChain {
  readonly sessionId: string;
}

const ADD = `
  INSERT INTO auth.sessions (tenant_id, id, user_id, method, started_at, last_seen_at, expires_at, ip, user_agent,
                             refresh_hash, refresh_salt, refresh_generation, refreshed_at, amr, proved_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $4, $11, $12)`;
const LOCK = `SELECT ${columns} FROM auth.sessions s WHERE s.id = $1 FOR UPDATE`;
const USER = `SELECT ${userColumns} FROM auth.users WHERE id = $1`;
const ROTATE = `
  UPDATE auth.sessions
     SET refresh_hash = $2, refresh_generation = $3, refreshed_at = $4, last_seen_at = $4, ip = $5
   WHERE id = $1`;
const OPEN_OF = `
  SELECT ${columns} FROM auth.sessions s
   WHERE s.user_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2
     AND s.last_seen_at > $2::timestamptz - make_interval(secs => coalesce((SELECT idle_seconds FROM auth.sign_in_policies), $3))
     AND s.started_at > $2::timestamptz - make_interval(secs => coalesce((SELECT absolute_seconds FROM auth.sign_in_policies), $4))
   ORDER BY s.last_seen_at DESC, s.id DESC LIMIT 100`;
const END = `
  UPDATE auth.sessions SET ended_at = $4, end_reason = $3
   WHERE id = $1 AND user_id = $2 AND ended_at IS NULL
  RETURNING id, user_id AS "userId"`;
const END_ALL = `
  UPDATE auth.sessions SET ended_at = $3, end_reason = $2
   WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $4::uuid
  RETURNING id, user_id AS "userId"`;
const PLACES = `
  SELECT ip, user_agent AS "userAgent" FROM auth.sessions WHERE user_id = $1 AND method <> 'operator'
   ORDER BY last_seen_at DESC LIMIT 200`;
const PROVED = 'UPDATE auth.sessions SET amr = $2, proved_at = $3 WHERE id = $1';
const PRUNE = `
  DELETE FROM auth.sessions WHERE user_id = $1 AND last_seen_at < $2 AND (ended_at < $2 OR expires_at < $2)`;

@Injectable()
export class PgSessionRepository extends SessionRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add(session: NewSession): Promise<void> {
    const { id, userId, method, startedAt, expiresAt, ip, userAgent, chain } = session;
    const { amr = [], provedAt = null } = session;
    const { hash, salt, generation } = chain;
    const device = [id, userId, method, startedAt, expiresAt, ip, userAgent];
    const values = [...device, hash, salt, generation, amr, provedAt];
    await this.database.query(ADD, values);
  }

  async lock(id: string): Promise<{ session: Session; user: User } | null> {
    const [row] = await this.database.query<SessionRow>(LOCK, [id]);
    if (row === undefined) return null;
    const [user] = await this.database.query<User>(USER, [row.userId]);
    return user === undefined ? null : { session: sessionOf(row), user };
  }

  async rotate(id: string, { hash, generation, refreshedAt }: RefreshChain, { ip }: Device): Promise<void> {
    await this.database.query(ROTATE, [id, hash, generation, refreshedAt, ip]);
  }

  async openOf(userId: string, now: Date): Promise<readonly Session[]> {
    const { idleSeconds, absoluteSeconds } = defaultPolicy;
    const values = [userId, now, idleSeconds, absoluteSeconds];
    return (await this.database.query<SessionRow>(OPEN_OF, values)).map(sessionOf);
  }

  async end(id: string, userId: string, reason: SessionEnd, at: Date): Promise<EndedSession | null> {
    return (await this.database.query<EndedSession>(END, [id, userId, reason, at]))[0] ?? null;
  }

  async endAll(
    userId: string,
    reason: SessionEnd,
    at: Date,
    exceptId: string | null,
  ): Promise<readonly EndedSession[]> {
    return this.database.query<EndedSession>(END_ALL, [userId, reason, at, exceptId]);
  }

  async placesOf(userId: string): Promise<readonly Device[]> {
    return this.database.query<Device>(PLACES, [userId]);
  }

  async recordProof(id: string, amr: readonly string[], at: Date): Promise<void> {
    await this.database.query(PROVED, [id, amr, at]);
  }

  async prune(userId: string, before: Date): Promise<void> {
    await this.database.query(PRUNE, [userId, before]);
  }
}

function sessionOf({ sessionId, hash, salt, generation, refreshedAt, ...row }: SessionRow): Session {
  return { ...row, id: sessionId, chain: { hash, salt, generation, refreshedAt } };
}
