import { Injectable } from '@nestjs/common';
import { DirectoryDatabase } from '../directory/directory.database.js';
import type { RefreshChain } from '../session/refresh-chain.js';
import type { Device } from '../session/session.js';
import { LONGEST_OPERATOR_SESSION_MS, type Operator, type OperatorSession } from './operator.js';
import { OperatorRepository } from './operator.repository.js';

const BY_ID = 'SELECT id, email, name FROM auth.operators WHERE id = $1';
const BY_EMAIL = `
  SELECT id, email, name, password_hash AS "passwordHash" FROM auth.operators WHERE email = $1`;
const ADD = `
  INSERT INTO auth.operators (id, email, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (email) DO NOTHING RETURNING id`;
const SAVE_PASSWORD = 'UPDATE auth.operators SET password_hash = $2 WHERE id = $1';
const ADD_SESSION = `
  INSERT INTO auth.operator_sessions (id, operator_id, started_at, last_seen_at, expires_at, ip, user_agent,
                                      refresh_hash, refresh_salt, refresh_generation, refreshed_at)
  VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $3)`;
const RECORD_LOGIN = 'UPDATE auth.operators SET last_login_at = $2 WHERE id = $1';
const PRUNE = 'DELETE FROM auth.operator_sessions WHERE operator_id = $1 AND expires_at < $2';
const LOCK_SESSION = `
  SELECT id, operator_id AS "operatorId", started_at AS "startedAt", last_seen_at AS "lastSeenAt",
         expires_at AS "expiresAt", ip, user_agent AS "userAgent", ended_at AS "endedAt", refresh_hash AS hash,
         refresh_salt AS salt, refresh_generation AS generation, refreshed_at AS "refreshedAt"
    FROM auth.operator_sessions WHERE id = $1 FOR UPDATE`;
const ROTATE = `
  UPDATE auth.operator_sessions
     SET refresh_hash = $2, refresh_generation = $3, refreshed_at = $4, last_seen_at = $4, ip = $5
   WHERE id = $1`;
const END = `
  UPDATE auth.operator_sessions SET ended_at = $3, end_reason = $2 WHERE id = $1 AND ended_at IS NULL RETURNING id`;

type SessionRow = Omit<OperatorSession, 'chain'> & RefreshChain;

@Injectable()
export class PgOperatorRepository extends OperatorRepository {
  constructor(private readonly directory: DirectoryDatabase) {
    super();
  }

  async run<R>(work: () => Promise<R>): Promise<R> {
    return this.directory.run(work);
  }

  async byId(id: string): Promise<Operator | null> {
    return (await this.directory.query<Operator>(BY_ID, [id]))[0] ?? null;
  }

  async byEmail(email: string): Promise<{ operator: Operator; passwordHash: string } | null> {
    const [row] = await this.directory.query<Operator & { passwordHash: string }>(BY_EMAIL, [email]);
    if (row === undefined) return null;
    const { passwordHash, ...operator } = row;
    return { operator, passwordHash };
  }

  async add({ id, email, name }: Operator, passwordHash: string, at: Date): Promise<boolean> {
    return (await this.directory.query(ADD, [id, email, name, passwordHash, at])).length === 1;
  }

  async savePassword(id: string, passwordHash: string): Promise<void> {
    await this.directory.query(SAVE_PASSWORD, [id, passwordHash]);
  }

  async addSession(session: OperatorSession): Promise<void> {
    const { id, operatorId, startedAt, expiresAt, ip, userAgent, chain } = session;
    const { hash, salt, generation } = chain;
    await this.run(async () => {
      const longAgo = new Date(startedAt.getTime() - LONGEST_OPERATOR_SESSION_MS);
      await this.directory.query(PRUNE, [operatorId, longAgo]);
      const values = [id, operatorId, startedAt, expiresAt, ip, userAgent, hash, salt, generation];
      await this.directory.query(ADD_SESSION, values);
      await this.directory.query(RECORD_LOGIN, [operatorId, startedAt]);
    });
  }

  async lockSession(id: string): Promise<OperatorSession | null> {
    const [row] = await this.directory.query<SessionRow>(LOCK_SESSION, [id]);
    if (row === undefined) return null;
    const { hash, salt, generation, refreshedAt, ...session } = row;
    return { ...session, chain: { hash, salt, generation, refreshedAt } };
  }

  async rotate(id: string, { hash, generation, refreshedAt }: RefreshChain, { ip }: Device): Promise<void> {
    await this.directory.query(ROTATE, [id, hash, generation, refreshedAt, ip]);
  }

  async endSession(id: string, reason: 'logout' | 'token_reused', at: Date): Promise<boolean> {
    return (await this.directory.query(END, [id, reason, at])).length === 1;
  }
}
