export { eventMigrations } from '../migrations/index.js';
export {
  DirectoryOutboxRelay,
  type DirectoryOutbox,
  type DirectoryOutboxRelayOptions,
} from './directory-outbox-relay.js';
export { erasePersonFromLog, forgetPublished, isPublishedUpTo } from './erase-person.js';
export { EventLog, occurrence, type Occurrence, type RecordedEvent } from './event-log.js';
export { RedisOutboxHint } from './outbox-hint.js';
export { OutboxRelay, type OutboxRelayOptions } from './outbox-relay.js';
export { PgEventLog } from './pg-event-log.js';
export { digestOf, type TableDigest } from './projection-digest.js';
export { lagOf, ProjectionLag, type Behind } from './projection-lag.js';
export { ProjectionRunner, type ProjectionRunnerOptions } from './projection-runner.js';
export { defineProjection, type Projection, type ProjectionDeps } from './projection.js';
export { Projector, type ProjectorOptions, type StepOutcome } from './projector.js';
export { relayBacklog, type RelayBacklog } from './relay-metrics.js';
export type { EventActor, EventOrigin, StoredEvent, StoredEventOf } from './stored-event.js';
