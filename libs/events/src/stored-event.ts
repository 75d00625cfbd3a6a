import type { EventDefinition } from '#libs/contracts';
import type { z } from 'zod';

/** Who caused an event. No names: those change and may have to be forgotten, facts do not. */
export interface EventActor {
  readonly kind: 'user' | 'api_key' | 'operator' | 'service' | 'anonymous';
  readonly id: string | null;
  /** The id of the operator who acted as this user, where one did. */
  readonly by?: string | null;
}

/** Where the request came from that caused an event. */
export interface EventOrigin {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** A fact of one tenant as it lies in the store. */
export interface StoredEvent<Type extends string = string, Payload = unknown> {
  readonly tenantId: string;
  /** The tenant's own gapless count, from 1; its order is the order of commits. */
  readonly position: number;
  readonly id: string;
  readonly type: Type;
  readonly version: number;
  /** The id of the thing that the event is about. */
  readonly subject: string;
  readonly actor: EventActor;
  readonly origin: EventOrigin;
  /** The request id of the cause. */
  readonly correlationId: string;
  readonly occurredAt: Date;
  readonly payload: Payload;
}

/** The stored form of a defined event, told apart by `type`. */
export type StoredEventOf<E extends EventDefinition> =
  E extends EventDefinition<infer Payload, infer Type> ? StoredEvent<Type, z.output<Payload>> : never;
