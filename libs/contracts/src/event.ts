import type { z } from 'zod';

/** A kind of fact: `service.noun.verbed`, in the past tense, with the shape of its payload. */
export interface EventDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly type: string;
  /** Grows when the payload's meaning changes; readers know all versions that were ever written. */
  readonly version: number;
  readonly payload: Payload;
}

export function defineEvent<Payload extends z.ZodType>(
  type: string,
  payload: Payload,
  version = 1,
): EventDefinition<Payload> {
  return { type, version, payload };
}
