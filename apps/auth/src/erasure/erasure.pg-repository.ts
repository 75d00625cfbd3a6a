import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid, type Page } from '#libs/contracts';
import { erasePersonFromLog } from '#libs/events';
import { erasePersonalRecords } from '#libs/service';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { personalRecords } from '../personal-data/personal-data.records.js';
import { ErasureNotFound } from './erasure.errors.js';
import type { Erasure, ErasurePart } from './erasure.js';
import { ErasureRepository } from './erasure.repository.js';

const columns = `
  e.id, e.user_id AS "userId", e.requested_kind AS "requestedKind", e.requested_by AS "requestedBy",
  e.requested_at AS "requestedAt", e.completed_at AS "completedAt",
  coalesce((SELECT jsonb_agg(jsonb_build_object('service', p.service, 'rows', p.rows, 'doneAt', p.done_at))
              FROM auth.erasure_parts p WHERE p.tenant_id = e.tenant_id AND p.erasure_id = e.id), '[]') AS parts`;

const ADD = `
  INSERT INTO auth.erasures (tenant_id, id, user_id, requested_kind, requested_by, requested_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5)`;
const BY_USER = `SELECT ${columns} FROM auth.erasures e WHERE e.user_id = $1`;
const BY_ID = `SELECT ${columns} FROM auth.erasures e WHERE e.id = $1`;
const LOCK = 'SELECT id FROM auth.erasures WHERE id = $1 FOR UPDATE';
// Ids are made by time.
const PAGE = `SELECT ${columns} FROM auth.erasures e WHERE e.id < $1 ORDER BY e.id DESC LIMIT $2`;
const ACKNOWLEDGE = `
  INSERT INTO auth.erasure_parts (tenant_id, erasure_id, service, rows, done_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4)
  ON CONFLICT (tenant_id, erasure_id, service) DO NOTHING`;
const COMPLETE = 'UPDATE auth.erasures SET completed_at = $2 WHERE id = $1 AND completed_at IS NULL';
const REPORTS = 'SELECT id FROM auth.users WHERE manager_id = $1 ORDER BY id';
const LEAVE_LEADS = 'DELETE FROM auth.team_leads WHERE user_id = $1 RETURNING team_id AS "teamId"';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const place = z.strictObject({ id: uuid() });

interface Row extends Omit<Erasure, 'parts'> {
  readonly parts: readonly (Omit<ErasurePart, 'doneAt'> & { readonly doneAt: string })[];
}

@Injectable()
export class PgErasureRepository extends ErasureRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add(erasure: Erasure): Promise<void> {
    const { id, userId, requestedKind, requestedBy, requestedAt } = erasure;
    await this.database.query(ADD, [id, userId, requestedKind, requestedBy, requestedAt]);
  }

  async byUser(userId: string): Promise<Erasure | null> {
    const [row] = await this.database.query<Row>(BY_USER, [userId]);
    return row === undefined ? null : erasureOf(row);
  }

  async page(limit: number, cursor: string | undefined): Promise<Page<Erasure>> {
    const before = cursor === undefined ? LAST_ID : decodeCursor(cursor, place).id;
    const rows = await this.database.query<Row>(PAGE, [before, limit + 1]);
    const items = rows.slice(0, limit).map(erasureOf);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last === undefined ? null : encodeCursor({ id: last.id }) };
  }

  async acknowledge(id: string, { service, rows, doneAt }: ErasurePart): Promise<Erasure> {
    await this.database.query(LOCK, [id]);
    await this.database.query(ACKNOWLEDGE, [id, service, rows, doneAt]);
    const [row] = await this.database.query<Row>(BY_ID, [id]);
    if (row === undefined) throw new ErasureNotFound();
    return erasureOf(row);
  }

  async complete(id: string, at: Date): Promise<void> {
    await this.database.query(COMPLETE, [id, at]);
  }

  async reportsOf(userId: string): Promise<readonly string[]> {
    return (await this.database.query<{ id: string }>(REPORTS, [userId])).map(({ id }) => id);
  }

  async leaveLeads(userId: string): Promise<readonly string[]> {
    const left = await this.database.query<{ teamId: string }>(LEAVE_LEADS, [userId]);
    return left.map(({ teamId }) => teamId);
  }

  async empty(userId: string): Promise<number> {
    return erasePersonalRecords(
      personalRecords,
      async (sql, values) => this.database.query(sql, values),
      userId,
    );
  }

  async redactLog(userId: string): Promise<number> {
    return erasePersonFromLog(this.database, userId);
  }
}

function erasureOf({ parts, ...row }: Row): Erasure {
  return { ...row, parts: parts.map((part) => ({ ...part, doneAt: new Date(part.doneAt) })) };
}
