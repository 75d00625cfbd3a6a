import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '#libs/contracts';
import type { PeopleImport as PeopleImportView, PeopleImportRow, PeopleOutcome } from '#libs/contracts/auth';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { importView, type PeopleImport } from './people-import.js';
import { importColumns } from './people-import.pg-repository.js';

const before = z.strictObject({ before: z.uuid() });
const after = z.strictObject({ after: z.int().nonnegative() });

// Ids are made by time, so their order is that of creation.
const PAGE = `
  SELECT ${importColumns} FROM auth.user_imports
   WHERE ($2::uuid IS NULL OR id < $2) AND state <> 'receiving' ORDER BY id DESC LIMIT $1`;
const ROWS = `
  SELECT line, given AS cells, changes,
         CASE WHEN $3 THEN applied ELSE checked END AS outcome,
         CASE WHEN $3 THEN applied_code ELSE checked_code END AS code,
         CASE WHEN $3 THEN applied_detail ELSE checked_detail END AS detail
    FROM auth.user_import_rows
   WHERE import_id = $1 AND line > $2
     AND ($4::text IS NULL OR CASE WHEN $3 THEN applied ELSE checked END = $4)
   ORDER BY line LIMIT $5`;

export interface RowView extends Omit<PeopleImportRow, 'email' | 'name'> {
  readonly cells: readonly string[];
}

/** Imports, newest first, and their rows in the order of the file. */
@Injectable()
export class PeopleImportReadModel {
  constructor(private readonly database: TenantDatabase) {}

  async page(limit: number, cursor: string | undefined): Promise<Page<PeopleImportView>> {
    const place = cursor === undefined ? null : decodeCursor(cursor, before).before;
    const rows = await this.database.query<PeopleImport>(PAGE, [limit + 1, place]);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(importView),
      nextCursor: last === undefined ? null : encodeCursor({ before: last.id }),
    };
  }

  async rows(
    run: PeopleImport,
    {
      limit,
      cursor,
      outcome,
    }: { limit: number; cursor?: string | undefined; outcome?: PeopleOutcome | undefined },
  ): Promise<Page<PeopleImportRow>> {
    const place = cursor === undefined ? 0 : decodeCursor(cursor, after).after;
    const found = await this.find(run, place, outcome ?? null, limit + 1);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    const [emailAt, nameAt] = [run.header.indexOf('email'), run.header.indexOf('name')];
    return {
      items: items.map(({ cells, ...row }) => ({
        ...row,
        email: cells[emailAt] ?? '',
        name: cells[nameAt] ?? null,
      })),
      nextCursor: last === undefined ? null : encodeCursor({ after: last.line }),
    };
  }

  /** What happened, once it was started; before that, what would happen. */
  async find(
    { id, startedAt }: PeopleImport,
    afterLine: number,
    outcome: PeopleOutcome | null,
    limit: number,
  ): Promise<readonly RowView[]> {
    return this.database.query<RowView>(ROWS, [id, afterLine, startedAt !== null, outcome, limit]);
  }
}
