import { z } from 'zod';
import { instant, page, uuid } from '../index.js';

/** The services that hold something about people, and each say when they have let go of it. */
export const erasingServices = ['auth', 'courses', 'media', 'insights'] as const;
export const erasingService = z.enum(erasingServices);
export type ErasingService = z.infer<typeof erasingService>;

export const erasure = z.strictObject({
  id: uuid(),
  /** Of the person who was erased; it stays, and says nothing by itself. */
  userId: uuid(),
  /** Who asked for it. */
  requestedBy: z.strictObject({
    kind: z.enum(['user', 'api_key', 'operator', 'service', 'anonymous']),
    id: z.string().nullable(),
  }),
  requestedAt: instant(),
  /** Null until every service has said so. */
  completedAt: instant().nullable(),
  /** What each service did: null while it is still at it. */
  parts: z.array(
    z.strictObject({ service: erasingService, rows: z.int().nullable(), doneAt: instant().nullable() }),
  ),
});
export type Erasure = z.infer<typeof erasure>;

export const erasurePage = page(erasure);
