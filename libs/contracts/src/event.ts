import type { z } from 'zod';

/** A kind of fact: `service.noun.verbed`, in the past tense, with the shape of its payload. */
export interface EventDefinition<Payload extends z.ZodType = z.ZodType, Type extends string = string> {
  readonly type: Type;
  /** Grows when the payload's meaning changes; readers know all versions that were ever written. */
  readonly version: number;
  readonly payload: Payload;
}

export function defineEvent<const Type extends string, Payload extends z.ZodType>(
  type: Type,
  payload: Payload,
  version = 1,
): EventDefinition<Payload, Type> {
  return { type, version, payload };
}
