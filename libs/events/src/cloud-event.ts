import type { StoredEvent } from './stored-event.js';

/** An event as CloudEvents 1.0 JSON, with the extensions `tenantid`, `position`, `actor` and `correlationid`. */
export function cloudEventOf(event: StoredEvent): Record<string, unknown> {
  const [service = 'harka'] = event.type.split('.');
  return {
    specversion: '1.0',
    id: event.id,
    source: `/services/${service}`,
    type: event.type,
    subject: event.subject,
    time: event.occurredAt.toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:harka:event:${event.type}:${event.version}`,
    tenantid: event.tenantId,
    position: event.position,
    actor: event.actor.id === null ? event.actor.kind : `${event.actor.kind}:${event.actor.id}`,
    correlationid: event.correlationId,
    data: event.payload,
  };
}
