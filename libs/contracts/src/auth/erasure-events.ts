import { z } from 'zod';
import { defineEvent, uuid } from '../index.js';
import { person } from './events.js';

/**
 * The last event about a person: as whom he is known from now on, which is nobody. In the log before it he is nobody
 * too. Who keeps anything about people lets go of it when he hears this.
 */
export const userErased = defineEvent(
  'auth.user.erased',
  z.strictObject({ ...person.shape, erasureId: uuid() }),
);

/** Every service has let go of the person. */
export const erasureCompleted = defineEvent(
  'auth.erasure.completed',
  z.strictObject({ erasureId: uuid(), userId: uuid(), rows: z.int().nonnegative() }),
);

/** Somebody took home all that is held about a person: he himself, or who may for him. */
export const personalDataExported = defineEvent(
  'auth.personal_data.exported',
  z.strictObject({ userId: uuid(), bytes: z.int().nonnegative() }),
);
