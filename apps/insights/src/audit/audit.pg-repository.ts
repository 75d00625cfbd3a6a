import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '#libs/contracts/insights';
import { TenantDatabase } from '#libs/sharding';
import { AuditRepository, type AuditFilter } from './audit.repository.js';

const LIST = `
  SELECT e.id, e.position::float8 AS position, e.type, e.subject, e.actor_kind, e.actor_id, e.acting_operator,
         e.ip, e.user_agent, e.request_id, e.occurred_at, e.details
    FROM insights.audit_entries e
   WHERE ($2::bigint IS NULL OR e.position < $2)
     AND ($3::text IS NULL OR e.type >= $3 COLLATE "C" AND e.type < $4 COLLATE "C")
     AND ($5::text IS NULL OR e.actor_id = $5)
     AND ($6::text IS NULL OR e.subject = $6)
     AND ($7::timestamptz IS NULL OR e.occurred_at >= $7)
     AND ($8::timestamptz IS NULL OR e.occurred_at < $8)
   ORDER BY e.position DESC LIMIT $1`;

/** Asked for by themselves: behind row-level security no index would serve a join of a uuid with a text. */
const NAMES = 'SELECT id, name, email FROM insights.people WHERE id = ANY ($1::uuid[])';
const OPERATORS = 'SELECT id, name FROM insights.operators WHERE id = ANY ($1::text[])';

/** Of links by which people without an account set up a connection: the connection's name as it was then. */
const SETUP_LINKS = `
  SELECT subject AS id, details->>'name' AS name FROM insights.audit_entries
   WHERE type = 'auth.setup_link.created' AND subject = ANY ($1::text[])`;

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

interface Row {
  readonly id: string;
  readonly position: number;
  readonly type: string;
  readonly subject: string;
  readonly actor_kind: AuditEntry['actor']['kind'];
  readonly actor_id: string | null;
  readonly acting_operator: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly request_id: string;
  readonly occurred_at: Date;
  readonly details: Record<string, unknown>;
}

interface Name {
  readonly name: string;
  readonly email: string | null;
}

@Injectable()
export class PgAuditRepository extends AuditRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async list(filter: AuditFilter, limit: number, before: number | null): Promise<AuditEntry[]> {
    const { type, actor, subject, from, to } = filter;
    const rows = await this.database.query<Row>(LIST, [
      limit,
      before,
      ...rangeOf(type),
      actor ?? null,
      subject ?? null,
      from ?? null,
      to ?? null,
    ]);
    const names = await this.names(rows);
    return rows.map((row) => entryOf(row, names));
  }

  /** Today's names: an entry keeps the id alone. */
  private async names(rows: readonly Row[]): Promise<ReadonlyMap<string, Name>> {
    const subjects = rows.flatMap(({ subject }) => (uuid.test(subject) ? [subject] : []));
    const users = [
      ...rows.filter((row) => row.actor_kind === 'user').map((row) => row.actor_id),
      ...subjects,
    ];
    const operators = rows.flatMap((row) =>
      row.actor_kind === 'operator' ? (row.actor_id ?? []) : (row.acting_operator ?? []),
    );
    const links = rows.flatMap((row) => (row.actor_kind === 'anonymous' ? (row.actor_id ?? []) : []));
    const [people, ofPlatform, ofLinks] = [
      await this.named<Name & { id: string }>(NAMES, users),
      await this.named<{ id: string; name: string }>(OPERATORS, operators),
      await this.named<{ id: string; name: string }>(SETUP_LINKS, links),
    ];
    return new Map([
      ...people.map(({ id, name, email }) => [id, { name, email }] as const),
      ...[...ofPlatform, ...ofLinks].map(({ id, name }) => [id, { name, email: null }] as const),
    ]);
  }

  private async named<R extends object>(sql: string, ids: readonly (string | null)[]): Promise<R[]> {
    return ids.length === 0 ? [] : this.database.query<R>(sql, [[...new Set(ids)]]);
  }
}

/** The types from `auth.` on and before `auth/`, the character after the dot; or the one type alone. */
function rangeOf(type: string | undefined): [string | null, string | null] {
  if (type === undefined) return [null, null];
  return type.endsWith('.') ? [type, `${type.slice(0, -1)}/`] : [type, `${type}\u0001`];
}

function entryOf(row: Row, names: ReadonlyMap<string, Name>): AuditEntry {
  const named = names.get(row.actor_id ?? '');
  const by = row.acting_operator;
  return {
    id: row.id,
    position: row.position,
    type: row.type,
    subject: row.subject,
    subjectName: names.get(row.subject)?.name ?? null,
    actor: {
      ...{ kind: row.actor_kind, id: row.actor_id },
      ...{ name: named?.name ?? null, email: named?.email ?? null },
      by: by === null ? null : { id: by, name: names.get(by)?.name ?? null },
    },
    ip: row.ip,
    userAgent: row.user_agent,
    requestId: row.request_id,
    occurredAt: row.occurred_at.toISOString(),
    details: row.details,
  };
}
