import { Injectable } from '@nestjs/common';
import {
  decodeCursor,
  encodeCursor,
  type Page,
  type Plan,
  type TenantStatus,
  type Tier,
} from '#libs/contracts';
import type { OperatorTenant } from '#libs/contracts/tenants';
import { z } from 'zod';
import { PgDirectory } from '../directory/directory.pg-repository.js';
import { TenantUnknown } from './tenant.errors.js';

export interface TenantSearch {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
  readonly status?: TenantStatus | undefined;
  readonly plan?: Plan | undefined;
  readonly tier?: Tier | undefined;
}

const SELECT = `
  SELECT t.id, t.slug, t.name, t.plan, t.status, t.size, s.tier, s.name AS shard, p.epoch::int AS epoch,
         coalesce(d.host, '') AS host, t.created_at AS "createdAt", t.updated_at AS "updatedAt", t.version
    FROM directory.tenants t
    JOIN directory.placements p ON p.tenant_id = t.id
    JOIN directory.shards s ON s.name = p.shard_name
    LEFT JOIN LATERAL (
      SELECT host FROM directory.domains
       WHERE tenant_id = t.id AND state = 'verified'
       ORDER BY (kind = 'custom') DESC, created_at LIMIT 1) d ON true
   WHERE t.status <> 'deleted'`;
const LIST = `${SELECT}
     AND ($1::text IS NULL OR t.slug > $1)
     AND ($2::text IS NULL OR t.slug LIKE $2 OR t.name ILIKE $2)
     AND ($3::text IS NULL OR t.status = $3)
     AND ($4::text IS NULL OR t.plan = $4)
     AND ($5::text IS NULL OR s.tier = $5)
   ORDER BY t.slug LIMIT $6`;
const ONE = `${SELECT} AND (t.id::text = $1 OR t.slug = $1)`;

const place = z.strictObject({ slug: z.string().max(63) });

type Row = Omit<OperatorTenant, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
};

/** Tenants for the operator's screens. */
@Injectable()
export class OperatorTenants {
  constructor(private readonly directory: PgDirectory) {}

  async list({ limit, cursor, q, status, plan, tier }: TenantSearch): Promise<Page<OperatorTenant>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, place).slug;
    const pattern = q === undefined ? null : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const values = [after, pattern, status ?? null, plan ?? null, tier ?? null, limit + 1];
    const rows = await this.directory.query<Row>(LIST, values);
    const items = rows.slice(0, limit).map(toView);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { items, nextCursor: more ? encodeCursor({ slug: last.slug }) : null };
  }

  /** With its version. @throws TenantUnknown */
  async show(handle: string): Promise<{ tenant: OperatorTenant; version: number }> {
    const [row] = await this.directory.query<Row>(ONE, [handle]);
    if (row === undefined) throw new TenantUnknown();
    return { tenant: toView(row), version: row.version };
  }
}

function toView(row: Row): OperatorTenant {
  const { id, slug, name, plan, status, size, tier, shard, epoch, host, createdAt, updatedAt } = row;
  const placed = { tier, shard, epoch, host };
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  return { id, slug, name, plan, status, size, ...placed, ...times };
}
