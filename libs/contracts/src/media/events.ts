import { z } from 'zod';
import { defineEvent, uuid } from '../index.js';

const storedBytes = { mediaId: uuid(), bytes: z.int().nonnegative() };

export const mediaStored = defineEvent(
  'media.object.stored',
  z.strictObject({ ...storedBytes, name: z.string(), contentType: z.string(), sha256: z.string() }),
);

export const mediaDeleted = defineEvent(
  'media.object.deleted',
  z.strictObject({ ...storedBytes, name: z.string() }),
);
