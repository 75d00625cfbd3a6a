import { Injectable } from '@nestjs/common';
import { permissionsOfRole, role } from '#libs/contracts';
import { TenantDatabase } from '#libs/sharding';
import type { ConnectionCare } from './connection-care.js';
import { ConnectionCareRepository, type CareReader } from './connection-care.repository.js';

const columns =
  'id AS "connectionId", look_failures AS failures, look_error AS error, warned_of AS "warnedOf"';
const TAKE = `
  UPDATE auth.connections SET look_at = $2
   WHERE id IN (SELECT id FROM auth.connections WHERE look_at <= $1 ORDER BY look_at LIMIT 20 FOR UPDATE SKIP LOCKED)
  RETURNING ${columns}`;
const BY_ID = `SELECT ${columns} FROM auth.connections WHERE id = $1`;
const SAVE = `
  UPDATE auth.connections SET look_failures = $2, look_error = $3, warned_of = $4, look_at = $5 WHERE id = $1`;
const READERS = `
  SELECT email, name, locale FROM auth.users WHERE status = 'active' AND role = ANY ($1::text[])
   ORDER BY role DESC, id LIMIT 20`;
const managing = role.options.filter((one) => permissionsOfRole(one).includes('sso.manage'));

@Injectable()
export class PgConnectionCareRepository extends ConnectionCareRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async take(now: Date, until: Date): Promise<readonly ConnectionCare[]> {
    return this.database.query<ConnectionCare>(TAKE, [now, until]);
  }

  async byId(connectionId: string): Promise<ConnectionCare | null> {
    return (await this.database.query<ConnectionCare>(BY_ID, [connectionId]))[0] ?? null;
  }

  async save({ connectionId, failures, error, warnedOf }: ConnectionCare, nextAt: Date): Promise<void> {
    await this.database.query(SAVE, [connectionId, failures, error, warnedOf, nextAt]);
  }

  async readers(): Promise<readonly CareReader[]> {
    return this.database.query<CareReader>(READERS, [managing]);
  }
}
