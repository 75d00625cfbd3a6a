import { actingStarted, erasureCompleted, userErased } from '#libs/contracts/auth';
import { defineProjection, type StoredEvent } from '#libs/events';
import { actorOf } from '../actor.js';
import { RECOPY_ENTRIES } from '../personal-data/personal-data.records.js';
import { masked } from './audit-entry.js';

const PUT = `
  INSERT INTO insights.audit_entries (tenant_id, id, position, type, subject, actor_kind, actor_id, acting_operator,
                                      ip, user_agent, request_id, occurred_at, details)
  SELECT app.current_tenant(), e.id, e.position, e.type, e.subject, e."actorKind", e."actorId",
         e."actingOperator", e.ip, e."userAgent", e."requestId", e."occurredAt", e.details
    FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, position bigint, type text, subject text, "actorKind" text,
         "actorId" text, "actingOperator" text, ip text, "userAgent" text, "requestId" text, "occurredAt" timestamptz, details jsonb)`;

/** Operators are nobody's users; those who acted in the tenant are named as they were then. */
const NAME_OPERATOR = `
  INSERT INTO insights.operators (tenant_id, id, name) VALUES (app.current_tenant(), $1, $2)
  ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name`;

/** Every event there is, as who did what to which thing, when and from where. */
export const audit = defineProjection({
  name: 'insights.audit',
  tables: ['insights.audit_entries', 'insights.operators'],
  events: 'all',
  applyAll: async (events, { query }) => {
    await query(PUT, [JSON.stringify(events.map(entryOf))]);
    for (const { type, payload } of events) {
      if (type === userErased.type) await query(RECOPY_ENTRIES, [userErased.payload.parse(payload).userId]);
      if (type === erasureCompleted.type) {
        await query(RECOPY_ENTRIES, [erasureCompleted.payload.parse(payload).userId]);
      }
      if (type !== actingStarted.type) continue;
      const { operatorId, operatorName } = actingStarted.payload.parse(payload);
      await query(NAME_OPERATOR, [operatorId, operatorName]);
    }
  },
});

function entryOf(event: StoredEvent) {
  const { id, position, type, subject, origin, correlationId, occurredAt, payload } = event;
  const actor = actorOf(event);
  return {
    ...{ id, position, type, subject },
    ...{ actorKind: actor.kind, actorId: actor.id, actingOperator: actor.by ?? null },
    ...{ ip: origin.ip, userAgent: origin.userAgent },
    ...{ requestId: correlationId, occurredAt, details: masked(payload) },
  };
}
