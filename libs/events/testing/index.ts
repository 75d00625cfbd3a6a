export { CreateNotes1763700900000, noteErased, notes, noteWritten } from './read-model.js';
export { testRedis } from './test-redis.js';
export { until } from './until.js';
import type { EventDefinition } from '#libs/contracts';
import {
  EventLog,
  type Occurrence,
  type RecordedEvent,
  type StoredEvent,
  type StoredEventOf,
} from '#libs/events';
import { newId } from '#libs/kernel';
import type { z } from 'zod';

/** Keeps what was appended, for a test to look at. */
export class FakeEventLog extends EventLog {
  readonly appended: { readonly type: string; readonly subject: string; readonly payload: unknown }[] = [];
  readonly copied: RecordedEvent[] = [];

  async appendAll(occurrences: readonly Occurrence[]): Promise<void> {
    for (const { event, subject, payload } of occurrences) {
      this.appended.push({ type: event.type, subject, payload });
    }
  }

  async copy(events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) {
      if (!this.copied.some(({ id }) => id === event.id)) this.copied.push(event);
    }
  }

  /** The types of what was appended, in order. */
  get types(): readonly string[] {
    return this.appended.map(({ type }) => type);
  }
}

/** A stored event of a definition, as a projection gets it. */
export function aStoredEvent<Payload extends z.ZodType, Type extends string>(
  event: EventDefinition<Payload, Type>,
  payload: z.input<Payload>,
  overrides: Partial<Omit<StoredEvent, 'type' | 'payload'>> = {},
): StoredEventOf<EventDefinition<Payload, Type>> {
  const stored: StoredEvent<Type, z.output<Payload>> = {
    tenantId: newId(),
    position: 1,
    id: newId(),
    type: event.type,
    version: event.version,
    subject: newId(),
    actor: { kind: 'user', id: newId() },
    origin: { ip: null, userAgent: null },
    correlationId: newId(),
    occurredAt: new Date('2026-01-15T09:00:00Z'),
    payload: event.payload.parse(payload),
    ...overrides,
  };
  return stored;
}
