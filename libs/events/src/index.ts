export { EventLog, occurrence, type Occurrence, type RecordedEvent } from './event-log.js';
export { defineProjection, type Projection, type ProjectionDeps } from './projection.js';
export type { EventActor, EventOrigin, StoredEvent, StoredEventOf } from './stored-event.js';
