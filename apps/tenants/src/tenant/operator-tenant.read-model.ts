import { Injectable } from '@nestjs/common';
import {
  decodeCursor,
  encodeCursor,
  type Page,
  type Plan,
  type TenantStatus,
  type Tier,
} from '#libs/contracts';
import type { OperatorTenant, TenantPulse } from '#libs/contracts/tenants';
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
  readonly shard?: string | undefined;
  readonly health?: TenantPulse['health'] | undefined;
  readonly sort: 'slug' | 'name' | 'size' | 'storage' | 'last_activity' | 'created';
  readonly order: 'asc' | 'desc';
}

/** What each order goes by, never null, and the type in which a cursor compares it. */
const orders: Readonly<Record<TenantSearch['sort'], readonly [expression: string, type: string]>> = {
  slug: ['t.slug', 'text'],
  name: ['lower(t.name)', 'text'],
  size: ['t.size', 'integer'],
  storage: ['coalesce(g.storage_bytes, 0)', 'bigint'],
  last_activity: ["coalesce(g.last_active_at, '-infinity')", 'timestamptz'],
  created: ['t.created_at', 'timestamptz'],
};

const FROM = `
    FROM directory.tenants t
    JOIN directory.placements p ON p.tenant_id = t.id
    JOIN directory.shards s ON s.name = p.shard_name
    LEFT JOIN directory.tenant_pulses g ON g.tenant_id = t.id`;
const COLUMNS = `
         t.id, t.slug, t.name, t.plan, t.status, t.size, s.tier, s.name AS shard, p.epoch::int AS epoch,
         t.created_at AS "createdAt", t.updated_at AS "updatedAt", t.version,
         g.active_users AS "activeUsers", g.storage_bytes::float8 AS "storageBytes",
         g.last_active_at AS "lastActiveAt", g.health, g.issues, g.measured_at AS "measuredAt"`;
const HOST = `
    LEFT JOIN LATERAL (
      SELECT host FROM directory.domains
       WHERE tenant_id = f.id AND state = 'verified'
       ORDER BY (kind = 'custom') DESC, created_at LIMIT 1) d ON true`;
const ONE = `
  SELECT f.*, coalesce(d.host, '') AS host
    FROM (SELECT ${COLUMNS} ${FROM} WHERE t.status <> 'deleted' AND (t.id::text = $1 OR t.slug = $1)) f ${HOST}`;

/** The hosts are looked up only for the page that is answered. */
function listing(sort: TenantSearch['sort'], order: TenantSearch['order']): string {
  const [expression, type] = orders[sort];
  const after = order === 'asc' ? '>' : '<';
  return `
  SELECT f.*, coalesce(d.host, '') AS host
    FROM (
      SELECT ${COLUMNS}, (${expression})::text AS "sortKey" ${FROM}
       WHERE t.status <> 'deleted'
         AND ($1::text IS NULL OR (${expression}, t.slug) ${after} ($1::${type}, $2::text))
         AND ($3::text IS NULL OR t.slug LIKE $3 OR t.name ILIKE $3)
         AND ($4::text IS NULL OR t.status = $4)
         AND ($5::text IS NULL OR t.plan = $5)
         AND ($6::text IS NULL OR s.tier = $6)
         AND ($7::text IS NULL OR s.name = $7)
         AND ($8::text IS NULL OR g.health = $8)
       ORDER BY ${expression} ${order}, t.slug ${order} LIMIT $9) f ${HOST}
   ORDER BY f."sortKey"::${type} ${order}, f.slug ${order}`;
}

const place = z.strictObject({ key: z.string().max(200), slug: z.string().max(63), sort: z.string() });

type Row = Omit<OperatorTenant, 'createdAt' | 'updatedAt' | 'pulse'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
  readonly sortKey: string;
  readonly activeUsers: number | null;
  readonly storageBytes: number | null;
  readonly lastActiveAt: Date | null;
  readonly health: TenantPulse['health'] | null;
  readonly issues: string[] | null;
  readonly measuredAt: Date | null;
};

/** Tenants for the operator's screens. */
@Injectable()
export class OperatorTenants {
  constructor(private readonly directory: PgDirectory) {}

  /** @throws DomainError `request.cursor_invalid` also for a cursor of another order */
  async list({ limit, cursor, q, sort, order, ...filter }: TenantSearch): Promise<Page<OperatorTenant>> {
    const named = `${sort} ${order}`;
    const after =
      cursor === undefined ? null : decodeCursor(cursor, place.extend({ sort: z.literal(named) }));
    const pattern = q === undefined ? null : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const { status = null, plan = null, tier = null, shard = null, health = null } = filter;
    const values = [after?.key ?? null, after?.slug ?? null, pattern, status, plan, tier, shard, health];
    const rows = await this.directory.query<Row>(listing(sort, order), [...values, limit + 1]);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      items: items.map(toView),
      nextCursor: more ? encodeCursor({ key: last.sortKey, slug: last.slug, sort: named }) : null,
    };
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
  return { id, slug, name, plan, status, size, ...placed, pulse: pulseOf(row), ...times };
}

function pulseOf({
  activeUsers,
  storageBytes,
  lastActiveAt,
  health,
  issues,
  measuredAt,
}: Row): TenantPulse | null {
  if (health === null || measuredAt === null) return null;
  return {
    activeUsers: activeUsers ?? 0,
    storageBytes: storageBytes ?? 0,
    lastActiveAt: lastActiveAt?.toISOString() ?? null,
    health,
    issues: issues ?? [],
    measuredAt: measuredAt.toISOString(),
  };
}
