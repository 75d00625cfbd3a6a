import type { StoredEvent } from './stored-event.js';

/** The columns of `EventRow`, of a table or alias `e`. */
export const EVENT_COLUMNS = `e.tenant_id, e.position::float8 AS position, e.id, e.type, e.version, e.subject, e.actor_kind,
  e.actor_id, e.acting_operator, e.ip, e.user_agent, e.correlation_id, e.occurred_at, e.payload`;

export interface EventRow {
  readonly tenant_id: string;
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly subject: string;
  readonly actor_kind: StoredEvent['actor']['kind'];
  readonly actor_id: string | null;
  readonly acting_operator: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly correlation_id: string;
  readonly occurred_at: Date;
  readonly payload: unknown;
}

export function storedEventOf(row: EventRow): StoredEvent {
  return {
    tenantId: row.tenant_id,
    position: row.position,
    id: row.id,
    type: row.type,
    version: row.version,
    subject: row.subject,
    actor: {
      kind: row.actor_kind,
      id: row.actor_id,
      ...(row.acting_operator === null ? {} : { by: row.acting_operator }),
    },
    origin: { ip: row.ip, userAgent: row.user_agent },
    correlationId: row.correlation_id,
    occurredAt: row.occurred_at,
    payload: row.payload,
  };
}
