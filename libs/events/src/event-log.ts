import type { EventDefinition } from '#libs/contracts';
import type { z } from 'zod';
import type { EventActor, EventOrigin } from './stored-event.js';

/** Something that happened, not yet stored. Made by `occurrence`, which ties the payload to its definition. */
export interface Occurrence {
  readonly event: EventDefinition;
  readonly subject: string;
  readonly payload: unknown;
}

/** @throws ZodError when the payload does not fit: that is a fault of the program, not of its caller. */
export function occurrence<Payload extends z.ZodType>(
  event: EventDefinition<Payload>,
  subject: string,
  payload: z.input<Payload>,
): Occurrence {
  return { event, subject, payload: event.payload.parse(payload) };
}

/** An event that was recorded elsewhere (the directory's outbox) and keeps its id, cause and time. */
export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly subject: string;
  readonly actor: EventActor;
  readonly origin: EventOrigin;
  readonly correlationId: string;
  readonly occurredAt: Date;
  readonly payload: unknown;
}

/**
 * The log of the current tenant. What is appended commits or vanishes with the transaction around it
 * (its own one, where there is none); who, from where and by which request is taken from the context.
 */
export abstract class EventLog {
  /** `subject` is the id of the thing that the event is about. */
  async append<Payload extends z.ZodType>(
    event: EventDefinition<Payload>,
    subject: string,
    payload: z.input<Payload>,
  ): Promise<void> {
    await this.appendAll([occurrence(event, subject, payload)]);
  }

  /** Several events in one statement, in this order. */
  abstract appendAll(occurrences: readonly Occurrence[]): Promise<void>;

  /** Copies events that already have an id. One that is in the log already is left out, so this can be repeated. */
  abstract copy(events: readonly RecordedEvent[]): Promise<void>;
}
