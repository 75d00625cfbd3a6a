import { defineProjection, type StoredEvent } from '#libs/events';
import { actorOf } from '../actor.js';
import { masked } from './audit-entry.js';

const PUT = `
  INSERT INTO insights.audit_entries (tenant_id, id, position, type, subject, actor_kind, actor_id, ip, user_agent,
                                      request_id, occurred_at, details)
  SELECT app.current_tenant(), e.id, e.position, e.type, e.subject, e."actorKind", e."actorId", e.ip, e."userAgent",
         e."requestId", e."occurredAt", e.details
    FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, position bigint, type text, subject text, "actorKind" text,
         "actorId" text, ip text, "userAgent" text, "requestId" text, "occurredAt" timestamptz, details jsonb)`;

/** Every event there is, as who did what to which thing, when and from where. */
export const audit = defineProjection({
  name: 'insights.audit',
  tables: ['insights.audit_entries'],
  events: 'all',
  applyAll: async (events, { query }) => {
    await query(PUT, [JSON.stringify(events.map(entryOf))]);
  },
});

function entryOf(event: StoredEvent) {
  const { id, position, type, subject, origin, correlationId, occurredAt, payload } = event;
  const actor = actorOf(event);
  return {
    ...{ id, position, type, subject },
    ...{ actorKind: actor.kind, actorId: actor.id },
    ...{ ip: origin.ip, userAgent: origin.userAgent },
    ...{ requestId: correlationId, occurredAt, details: masked(payload) },
  };
}
